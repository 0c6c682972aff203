using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>The form of <see cref="EelsModel"/>.</summary>
public sealed record EelsModelParameters : EelsOpticsParameters
{
    /// <summary>Edges of the model.</summary>
    [Required, MinLength(1), Display(Name = "Edges", Description = "One edge for each element; on the command line edges=O K,Ti L:15 (name:fine structure).")]
    public IReadOnlyList<ModelEdge> Edges { get; init; } = [];

    /// <summary>Start of the fitted energies.</summary>
    [Display(Name = "From", Description = "Start of the fitted energies; empty for 70 % of the first onset, as far as the spectrum goes."), Unit("eV"), Range(0.1, 1e5)]
    public double? From { get; init; }

    /// <summary>End of the fitted energies.</summary>
    [Display(Name = "To", Description = "End of the fitted energies; empty for the end of the spectrum."), Unit("eV"), Range(0.1, 1e5)]
    public double? To { get; init; }

    /// <summary>With which low loss the edges are convolved.</summary>
    [Display(Name = "Low loss", Description = "With which low-loss spectrum the edges are convolved, where there is one.")]
    public LowLossUse LowLoss { get; init; }

    /// <summary>Whether amounts may be negative.</summary>
    [Display(Name = "Allow negative amounts", Description = "Unbiased means of maps near the limit of detection; otherwise amounts are bounded by zero.", GroupName = "Advanced")]
    public bool AllowNegative { get; init; }

    /// <summary>Region whose spectrum is shown; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum is shown with the fitted model; empty for the whole map.")]
    public Region? Region { get; init; }
}

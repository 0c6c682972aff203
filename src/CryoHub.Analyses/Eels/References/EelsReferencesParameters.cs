using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.References;

/// <summary>The form of <see cref="EelsReferences"/>.</summary>
public sealed record EelsReferencesParameters
{
    /// <summary>Names of the references.</summary>
    [Display(Name = "Names", Description = "Names of the references in their order (Li, Li2O, LiF); empty for those of the files.")]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Start of the fitted energies.</summary>
    [Display(Name = "From", Description = "Start of the fitted energies; empty for all that signal and references share."), Unit("eV"), Range(-1e4, 1e6)]
    public double? From { get; init; }

    /// <summary>End of the fitted energies.</summary>
    [Display(Name = "To", Description = "End of the fitted energies; empty for all that signal and references share."), Unit("eV"), Range(-1e4, 1e6)]
    public double? To { get; init; }

    /// <summary>What is fitted beside the references.</summary>
    [Display(Name = "Background", Description = "What is fitted beside the references.")]
    public ReferenceBackground Background { get; init; }

    /// <summary>How much each channel counts.</summary>
    [Display(Name = "Weights", Description = "How much each channel counts in the fit.")]
    public ReferenceWeights Weights { get; init; }

    /// <summary>Whether factors may be negative.</summary>
    [Display(Name = "Allow negative amounts", Description = "Plain multiple linear least squares; otherwise amounts are bounded by zero.", GroupName = "Advanced")]
    public bool AllowNegative { get; init; }

    /// <summary>Share that a phase needs to name a pixel.</summary>
    [Display(Name = "Least share", Description = "Share of the explained counts that a reference needs to name a pixel in the phase map.", GroupName = "Advanced"), Range(0.0, 1.0)]
    public double LeastShare { get; init; } = 0.5;

    /// <summary>Largest residual of a pixel that is named.</summary>
    [Display(Name = "Largest residual", Description = "Root mean square of the residual over the mean of the counts above which a pixel is not named.", GroupName = "Advanced"), Range(0.0, 10.0)]
    public double LargestResidual { get; init; } = 0.2;

    /// <summary>Region whose spectrum is shown; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum is shown with the fitted sum; empty for the whole map.")]
    public Region? Region { get; init; }
}

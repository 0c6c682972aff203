using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>The form of <see cref="EelsQuantify"/>.</summary>
public sealed record EelsQuantifyParameters
{
    /// <summary>Edges, one an element.</summary>
    [Required, MinLength(1), Display(Name = "Edges", Description = "One edge for each element; on the command line edges=O K,Ti L:60 (name:width).")]
    public IReadOnlyList<QuantifiedEdge> Edges { get; init; } = [];

    /// <summary>Beam energy.</summary>
    [Display(Name = "Beam energy", Description = "Kinetic energy of the electrons; empty for the file's."), Unit("keV"), Range(1.0, 3000.0)]
    public double? BeamEnergy { get; init; }

    /// <summary>Convergence semi-angle.</summary>
    [Display(Name = "Convergence", Description = "Convergence semi-angle; empty for the file's."), Unit("mrad"), Range(0.0, 200.0)]
    public double? Convergence { get; init; }

    /// <summary>Collection semi-angle.</summary>
    [Display(Name = "Collection", Description = "Collection semi-angle; empty for the file's."), Unit("mrad"), Range(0.01, 500.0)]
    public double? Collection { get; init; }

    /// <summary>Exposure of the core loss over that of the low loss.</summary>
    [Display(Name = "Exposure ratio", Description = "Exposure of the core-loss spectra over that of the low-loss spectra."), Range(1e-6, 1e9)]
    public double ExposureRatio { get; init; } = 1;

    /// <summary>Region for the numbers; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose composition is given as numbers; empty for the whole map.")]
    public Region? Region { get; init; }

    /// <summary>Profile across the region.</summary>
    [Display(Name = "Profile", Description = "Composition along one side of the region, its other side added up.")]
    public ProfileDirection Profile { get; init; }
}

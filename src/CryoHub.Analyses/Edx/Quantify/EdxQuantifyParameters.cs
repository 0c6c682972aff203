using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Profiles;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>The form of <see cref="EdxQuantify"/>.</summary>
public sealed record EdxQuantifyParameters : EdxFitParameters
{
    /// <summary>Elements that are fitted but are no part of the specimen.</summary>
    [Display(Name = "Not in the specimen", Description = "Elements that are fitted but left out of the composition, for instance Cu of the grid, Ga of the milling.")]
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Method.</summary>
    [Display(Name = "Method", Description = "Cliff-Lorimer needs ratios of factors only; zeta factors need beam current and live time and give the mass thickness, too.")]
    public QuantificationMethod Method { get; init; }

    /// <summary>Factors; calculated where missing.</summary>
    [Display(Name = "Factors", Description = "k-factors or zeta-factors, for instance Fe K:1.21; empty to calculate them.")]
    public IReadOnlyList<LineFactor> Factors { get; init; } = [];

    /// <summary>Thickness for the absorption correction.</summary>
    [Display(Name = "Thickness", Description = "Thickness of the specimen; absorption is corrected where it is given (Cliff-Lorimer) or always (zeta)."), Unit("nm"), Range(0.1, 1e5)]
    public double? ThicknessNm { get; init; }

    /// <summary>Density for the absorption correction.</summary>
    [Display(Name = "Density", Description = "Density of the specimen; empty for a mixture of the elements."), Unit("g/cm3"), Range(0.01, 30)]
    public double? Density { get; init; }

    /// <summary>Line of a profile.</summary>
    [Display(Name = "Profile", Description = "Line along which the composition is drawn with its error band.")]
    public ProfileLine? Profile { get; init; }

    /// <summary>Three elements of the ternary plot.</summary>
    [Display(Name = "Ternary", Description = "Three elements of the ternary plot of all pixels; empty for the three most abundant.")]
    public IReadOnlyList<string> Ternary { get; init; } = [];

    /// <summary>Angle between specimen plane and detector.</summary>
    [Display(Name = "Take-off angle", Description = "Angle of the detector above the specimen's plane.", GroupName = "Advanced"), Unit("deg"), Range(1, 90)]
    public double TakeOffDeg { get; init; } = 18;

    /// <summary>Beam current, for zeta factors.</summary>
    [Display(Name = "Beam current", Description = "Current of the beam (zeta factors).", GroupName = "Advanced"), Unit("nA"), Range(1e-6, 1e4)]
    public double? BeamCurrentNa { get; init; }

    /// <summary>Live time a pixel, for zeta factors.</summary>
    [Display(Name = "Live time", Description = "Live time of one pixel, or of a single spectrum (zeta factors).", GroupName = "Advanced"), Unit("s"), Range(1e-9, 1e6)]
    public double? LiveTimeS { get; init; }

    /// <summary>Solid angle, for calculated zeta factors.</summary>
    [Display(Name = "Solid angle", Description = "Solid angle of the detector, to calculate zeta factors.", GroupName = "Advanced"), Unit("sr"), Range(1e-4, 12)]
    public double? SolidAngleSr { get; init; }

    /// <summary>Least net counts for a value.</summary>
    [Display(Name = "Least counts", Description = "Pixels with fewer net counts in the lines that are quantified have no value.", GroupName = "Advanced"), Unit("counts"), Range(0, 1e9)]
    public double LeastCounts { get; init; } = 30;
}

using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>The form of <see cref="EelsBackground"/>.</summary>
public sealed record EelsBackgroundParameters
{
    /// <summary>Edges, one map each, in any order.</summary>
    [Required, MinLength(1), Display(Name = "Edges", Description = "Energies of each edge whose counts become a map; its background is fitted in the window before and, where one is given, in a second one.")]
    public IReadOnlyList<EnergyWindow> Edges { get; init; } = [];

    /// <summary>Shape of the background.</summary>
    [Display(Name = "Background", Description = "What the background before an edge looks like.")]
    public BackgroundShape Shape { get; init; }

    /// <summary>How a power law or an exponential is fitted.</summary>
    [Display(Name = "Fit", Description = "How a power law or an exponential is fitted; polynomials and two power laws are always least squares.")]
    public BackgroundEstimator Fit { get; init; }

    /// <summary>Order of the polynomial.</summary>
    [Display(Name = "Order", Description = "Order of the polynomial.", GroupName = "Advanced"), Range(0, 4)]
    public int Order { get; init; } = 1;

    /// <summary>Pixels to each side whose spectra share the shape of the background.</summary>
    [Display(Name = "Local averaging", Description = "Pixels to each side whose summed spectra give the background's shape; its height stays that of the pixel. 0 for none."), Unit("px"), Range(0, 50)]
    public int LocalAveraging { get; init; }

    /// <summary>The smaller exponent of two power laws.</summary>
    [Display(Name = "First exponent", Description = "Smaller exponent of two power laws; empty for the 5th percentile of the pixels' own.", GroupName = "Advanced"), Range(0.0, 20.0)]
    public double? FirstExponent { get; init; }

    /// <summary>The larger exponent of two power laws.</summary>
    [Display(Name = "Second exponent", Description = "Larger exponent of two power laws; empty for the 95th percentile of the pixels' own.", GroupName = "Advanced"), Range(0.0, 20.0)]
    public double? SecondExponent { get; init; }

    /// <summary>Whether the spectra without background are kept as a data set.</summary>
    [Display(Name = "Keep the spectra", Description = "Give the spectra without background as a data set; from the window of each edge on, that edge's background is subtracted.")]
    public bool KeepSpectra { get; init; } = true;

    /// <summary>Region whose spectrum is shown; everything where absent.</summary>
    [Display(Name = "Region", Description = "Rectangle whose spectrum, backgrounds and net spectra are shown; empty for the whole map.")]
    public Region? Region { get; init; }
}

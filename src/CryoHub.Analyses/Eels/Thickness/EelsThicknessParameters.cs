using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>The form of <see cref="EelsThickness"/>.</summary>
public sealed record EelsThicknessParameters
{
    /// <summary>What counts as unscattered.</summary>
    [Display(Name = "Zero loss", Description = "What counts as unscattered electrons.")]
    public ElasticEstimate Elastic { get; init; }

    /// <summary>Energy up to which counts are unscattered.</summary>
    [Display(Name = "End of the zero loss", Description = "Counts below are unscattered; empty for the lowest point between the zero loss and the first loss in the spectrum of all pixels."), Unit("eV"), Range(1e-4, 1000.0)]
    public double? Threshold { get; init; }

    /// <summary>Whether the end is counted from each pixel's own peak.</summary>
    [Display(Name = "Follow the peak", Description = "Count the end of the zero loss from the peak of each pixel, not from 0 eV: no alignment is needed before.")]
    public bool FollowPeak { get; init; } = true;

    /// <summary>Where the mean free path comes from.</summary>
    [Display(Name = "Mean free path", Description = "Where the mean free path comes from that turns t/lambda into nm.")]
    public ThicknessModel Model { get; init; }

    /// <summary>Density.</summary>
    [Display(Name = "Density", Description = "Density of the specimen (Iakoubovskii)."), Unit("g/cm3"), Range(0.01, 30.0)]
    public double? Density { get; init; }

    /// <summary>Effective atomic number.</summary>
    [Display(Name = "Effective Z", Description = "Effective atomic number (Malis); empty to take it from the formula."), Range(1.0, 118.0)]
    public double? EffectiveZ { get; init; }

    /// <summary>Chemical formula.</summary>
    [Display(Name = "Formula", Description = "Chemical formula for the effective atomic number, for instance Li2CO3.")]
    public string Formula { get; init; } = "";

    /// <summary>Given mean free path.</summary>
    [Display(Name = "Given mean free path", Description = "Inelastic mean free path of the specimen in this microscope."), Unit("nm"), Range(0.1, 1e5)]
    public double? GivenMeanFreePath { get; init; }

    /// <summary>Relative uncertainty of the mean free path.</summary>
    [Display(Name = "Uncertainty of the mean free path", Description = "Relative uncertainty of the mean free path; Malis et al. claim 20 %.", GroupName = "Advanced"), Unit("%"), Range(0.0, 100.0)]
    public double MeanFreePathError { get; init; } = 20;

    /// <summary>Beam energy.</summary>
    [Display(Name = "Beam energy", Description = "Empty takes it from the file.", GroupName = "Microscope"), Unit("keV"), Range(1.0, 3000.0)]
    public double? BeamEnergy { get; init; }

    /// <summary>Convergence semi-angle.</summary>
    [Display(Name = "Convergence", Description = "Convergence semi-angle; empty takes it from the file.", GroupName = "Microscope"), Unit("mrad"), Range(0.0, 500.0)]
    public double? Convergence { get; init; }

    /// <summary>Collection semi-angle.</summary>
    [Display(Name = "Collection", Description = "Collection semi-angle; empty takes it from the file.", GroupName = "Microscope"), Unit("mrad"), Range(0.01, 500.0)]
    public double? Collection { get; init; }
}

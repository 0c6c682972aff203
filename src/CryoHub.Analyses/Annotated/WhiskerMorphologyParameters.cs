using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Annotated;

/// <summary>The form of <see cref="WhiskerMorphology"/>.</summary>
public sealed record WhiskerMorphologyParameters
{
    /// <summary>Label of the whiskers.</summary>
    [Display(Name = "Whisker", Description = "Label of the whiskers or balls; each connected part is one."), Range(1, 1 << 24)]
    public int Whisker { get; init; } = 1;

    /// <summary>Label of the substrate.</summary>
    [Display(Name = "Substrate", Description = "Label of the substrate, for the contact length; empty for none."), Range(0, 1 << 24)]
    public int? Substrate { get; init; }

    /// <summary>Class of the outlines.</summary>
    [Display(Name = "Class", Description = "Class of the outlines that are whiskers or balls; empty for all that are not the substrate.")]
    public string Class { get; init; } = "";

    /// <summary>Class of the substrate.</summary>
    [Display(Name = "Substrate class", Description = "Class of the lines or outlines that are the substrate; empty for none.")]
    public string SubstrateClass { get; init; } = "";

    /// <summary>How well the outline is placed.</summary>
    [Display(Name = "Placing", Description = "One standard deviation with which an outline is placed."), Unit("px"), Range(0.05, 100)]
    public double Placing { get; init; } = 0.5;

    /// <summary>Distance that counts as contact.</summary>
    [Display(Name = "Contact within", Description = "Outlines nearer than this to the substrate's touch it."), Unit("px"), Range(0.1, 100)]
    public double ContactWithin { get; init; } = 1.5;

    /// <summary>Smaller parts are left out.</summary>
    [Display(Name = "Smallest", Description = "Smaller parts of the label are left out."), Unit("px"), Range(4, 1e9)]
    public double Smallest { get; init; } = 30;

    /// <summary>Frame of a stack.</summary>
    [Display(Name = "Frame", Description = "Frame of a stack or slice of a volume; the first is 0."), Range(0, int.MaxValue)]
    public int Frame { get; init; }

    /// <summary>Edge of a pixel.</summary>
    [Display(Name = "Pixel", Description = "Edge of a pixel; empty takes it from the picture."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Pixel { get; init; }

    /// <summary>Uncertainty of the pixel's edge.</summary>
    [Display(Name = "Pixel uncertainty", Description = "One standard deviation of the calibration of the pixel size; part of every uncertainty of a length."), Unit("%"), Range(0, 100)]
    public double PixelUncertainty { get; init; }
}

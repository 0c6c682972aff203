using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Annotated;

/// <summary>The form of <see cref="LayerThickness"/>.</summary>
public sealed record LayerThicknessParameters
{
    /// <summary>The label of the layer.</summary>
    [Display(Name = "Layer", Description = "Label of the layer, for label images."), Range(1, 1 << 24)]
    public int Layer { get; init; } = 1;

    /// <summary>The label on which the layer lies.</summary>
    [Display(Name = "Core", Description = "Label on which the layer lies (metal): thickness is measured from its boundary outwards, and coverage is its covered part. Empty: between the two longest edges of the layer."), Range(0, 1 << 24)]
    public int? Core { get; init; }

    /// <summary>Class of the inner boundary.</summary>
    [Display(Name = "Inner boundary", Description = "Class of the shapes that are the boundary to measure from. Empty: the first shape.")]
    public string Inner { get; init; } = "";

    /// <summary>Class of the outer boundary.</summary>
    [Display(Name = "Outer boundary", Description = "Class of the shapes that are the other boundary. Empty: the second shape, or the second class.")]
    public string Outer { get; init; } = "";

    /// <summary>Frame of a stack or volume.</summary>
    [Display(Name = "Frame", Description = "Frame of a stack or slice of a volume; the first is 0."), Range(0, int.MaxValue)]
    public int Frame { get; init; }

    /// <summary>Edge of a pixel.</summary>
    [Display(Name = "Pixel", Description = "Edge of a pixel; empty takes it from the picture."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Pixel { get; init; }

    /// <summary>Uncertainty of the pixel's edge.</summary>
    [Display(Name = "Pixel uncertainty", Description = "One standard deviation of the calibration of the pixel size; part of every uncertainty."), Unit("%"), Range(0, 100)]
    public double PixelUncertainty { get; init; }

    /// <summary>Longest distance looked for.</summary>
    [Display(Name = "Reach", Description = "Distances above this count as not covered; empty for the longest that the lines allow.", GroupName = "Advanced"), Unit("px"), Range(1, 1e6)]
    public double? Reach { get; init; }

    /// <summary>Half length over which the normal is found.</summary>
    [Display(Name = "Normal over", Description = "The normal is perpendicular to the boundary's direction over this distance to either side; empty for 16 px, or two distances between drawn places.", GroupName = "Advanced"), Unit("px"), Range(1, 1e4)]
    public double? NormalOver { get; init; }

    /// <summary>Length over which errors of a boundary are alike.</summary>
    [Display(Name = "Alike over", Description = "Length along the interface over which the errors of a boundary are alike; empty for the distance of drawn places, or a few pixels of a label image.", GroupName = "Advanced"), Unit("px"), Range(0.1, 1e5)]
    public double? AlikeOver { get; init; }

    /// <summary>Smoothing of label edges.</summary>
    [Display(Name = "Smoothing", Description = "Standard deviation of the Gaussian that takes the steps of the pixels off a label's edge.", GroupName = "Advanced"), Unit("px"), Range(0.5, 10)]
    public double Smoothing { get; init; } = 1;
}

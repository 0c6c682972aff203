using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Annotated;

/// <summary>The form of <see cref="Crystallites"/>.</summary>
public sealed record CrystallitesParameters
{
    /// <summary>Labels that are crystalline.</summary>
    [Display(Name = "Crystalline", Description = "Labels that are crystallites; empty for all but 0."), Range(0, 1 << 24)]
    public IReadOnlyList<int> Crystalline { get; init; } = [];

    /// <summary>Labels of the rest of the layer.</summary>
    [Display(Name = "Matrix", Description = "Labels that together with the crystallites are the whole of which a fraction is crystalline (the amorphous matrix); empty for the whole picture."), Range(0, 1 << 24)]
    public IReadOnlyList<int> Matrix { get; init; } = [];

    /// <summary>Whether each label is one object.</summary>
    [Display(Name = "Numbered", Description = "Each label is one crystallite, also where they touch; otherwise each connected part of a label is one.")]
    public bool Numbered { get; init; }

    /// <summary>Class of the shapes.</summary>
    [Display(Name = "Class", Description = "Class of the outlines that are crystallites; empty for all outlines.")]
    public string Class { get; init; } = "";

    /// <summary>Frame of a stack.</summary>
    [Display(Name = "Frame", Description = "Frame of a stack or slice of a volume; the first is 0."), Range(0, int.MaxValue)]
    public int Frame { get; init; }

    /// <summary>Smaller parts are not counted.</summary>
    [Display(Name = "Smallest", Description = "Smaller parts are not counted as crystallites; they still count for the fraction."), Unit("px"), Range(0, 1e9)]
    public double Smallest { get; init; } = 4;

    /// <summary>Edge of a pixel.</summary>
    [Display(Name = "Pixel", Description = "Edge of a pixel; empty takes it from the picture."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Pixel { get; init; }

    /// <summary>Uncertainty of the pixel's edge.</summary>
    [Display(Name = "Pixel uncertainty", Description = "One standard deviation of the calibration of the pixel size; part of every uncertainty of a length or area."), Unit("%"), Range(0, 100)]
    public double PixelUncertainty { get; init; }
}

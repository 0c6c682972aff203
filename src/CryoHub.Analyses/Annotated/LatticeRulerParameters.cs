using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Annotated;

/// <summary>The form of <see cref="LatticeRuler"/>.</summary>
public sealed record LatticeRulerParameters
{
    /// <summary>Spacings along a line.</summary>
    [Display(Name = "Fringes", Description = "Spacings that a line crosses, where its label names no number: a line from the first to the eleventh fringe crosses 10."), Range(1, 10_000)]
    public int Fringes { get; init; } = 10;

    /// <summary>Class of the growth direction.</summary>
    [Display(Name = "Growth direction", Description = "Class of the lines or arrows along a wire: their direction is compared with that of every other class. Empty for none.")]
    public string Growth { get; init; } = "";

    /// <summary>How well an end is placed.</summary>
    [Display(Name = "Placing", Description = "One standard deviation with which an end of a line is placed, along each axis."), Unit("px"), Range(0, 100)]
    public double Placing { get; init; } = 0.5;

    /// <summary>Frame of a stack.</summary>
    [Display(Name = "Frame", Description = "Frame of a stack or slice of a volume; the first is 0."), Range(0, int.MaxValue)]
    public int Frame { get; init; }

    /// <summary>Edge of a pixel.</summary>
    [Display(Name = "Pixel", Description = "Edge of a pixel; empty takes it from the picture."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Pixel { get; init; }

    /// <summary>Uncertainty of the pixel's edge.</summary>
    [Display(Name = "Pixel uncertainty", Description = "One standard deviation of the calibration of the pixel size; part of the uncertainty of every spacing."), Unit("%"), Range(0, 100)]
    public double PixelUncertainty { get; init; }
}

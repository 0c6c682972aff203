using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.FibSem;

/// <summary>The form of <see cref="FibSemStack"/>.</summary>
public sealed record FibSemStackParameters
{
    /// <summary>The alignment.</summary>
    [Display(Name = "Alignment", Description = "Jumps only keeps every course that is longer than the window, so slanted features stay slanted; a fiducial corrects slow drift too.")]
    public StackAlignment Alignment { get; init; } = StackAlignment.Jumps;

    /// <summary>Where the fiducial is.</summary>
    [Display(Name = "Fiducial", Description = "Region with a mark that looks the same in every slice and lies at the same place of the specimen.")]
    public Region? Fiducial { get; init; }

    /// <summary>Courses longer than this are kept.</summary>
    [Display(Name = "Window", Description = "Courses over more slices than this are taken for the specimen's own."), Unit("slices"), Range(5, 10000)]
    public int Window { get; init; } = 101;

    /// <summary>Slice thickness as set at the instrument.</summary>
    [Display(Name = "Slice thickness", Description = "Thickness of a slice as set at the instrument; empty takes it from the file."), Unit("nm"), Range(0.01, 100000.0)]
    public double? SliceThickness { get; init; }

    /// <summary>Edge of a pixel.</summary>
    [Display(Name = "Pixel size", Description = "Edge of a pixel along x; empty takes it from the file."), Unit("nm"), Range(0.001, 100000.0)]
    public double? PixelSize { get; init; }

    /// <summary>Angle between the beams.</summary>
    [Display(Name = "Angle between the beams", Description = "Angle between electron and ion beam: y is divided by its sine, as the face is seen foreshortened; empty takes it from the file, 90 leaves y as it is."), Unit("deg"), Range(10.0, 90.0)]
    public double? BeamAngle { get; init; }

    /// <summary>Thickness of every slice by itself.</summary>
    [Display(Name = "Thickness of each slice", Description = "Finds every slice's thickness from how much it differs from the one before, against how the picture differs from itself along x; the mean stays the set thickness.")]
    public bool ThicknessOfEach { get; init; }

    /// <summary>Resampling to cubes.</summary>
    [Display(Name = "Isotropic voxels", Description = "Resamples to cubes of the pixel size; else slices stay what they are.")]
    public bool Isotropic { get; init; } = true;

    /// <summary>Curtain removal.</summary>
    [Display(Name = "Curtain levels", Description = "Wavelet levels of the removal of vertical curtains, those up to about 2^levels px wide; 0 leaves them.", GroupName = "Cleaning"), Range(0, 9)]
    public int CurtainLevels { get; init; }

    /// <summary>Strength of the curtain removal.</summary>
    [Display(Name = "Curtain sigma", Description = "Larger removes shorter curtains too, and more of the specimen.", GroupName = "Cleaning"), Unit("periods"), Range(0.1, 100.0)]
    public double CurtainSigma { get; init; } = 2;

    /// <summary>Brightness of the slices.</summary>
    [Display(Name = "Match brightness", Description = "Gives every slice the median and the spread of the slices around it: undoes jumps of brightness and contrast.", GroupName = "Cleaning")]
    public bool MatchBrightness { get; init; } = true;

    /// <summary>Order of the polynomial of shading.</summary>
    [Display(Name = "Shading", Description = "Order of the polynomial in x and y that is taken off each slice; 0 leaves the shading.", GroupName = "Cleaning"), Range(0, 3)]
    public int ShadingOrder { get; init; }

    /// <summary>Charging in the lines of the scan.</summary>
    [Display(Name = "Charging lines", Description = "Takes off each line's median against the lines around it: bright and dark streaks along x from charging.", GroupName = "Cleaning")]
    public bool ChargingLines { get; init; }
}

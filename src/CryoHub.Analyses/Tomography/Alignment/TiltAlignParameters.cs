using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>The form of <see cref="TiltAlign"/>.</summary>
public sealed record TiltAlignParameters
{
    /// <summary>The method.</summary>
    [Display(Name = "Method", Description = "Cross-correlation is coarse; patches need no markers; beads are the most exact; the mass profile suits isolated particles in dark field.")]
    public TiltAlignMethod Method { get; init; }

    /// <summary>Tilt angles; the header's where empty.</summary>
    [Display(Name = "Tilt angles", Description = "One angle per view; empty takes them from the file or from the input \"angles\" (.tlt)."), Unit("deg"), Range(-360, 360)]
    public IReadOnlyList<double> Angles { get; init; } = [];

    /// <summary>Direction of the tilt axis; the header's where absent.</summary>
    [Display(Name = "Rotation angle", Description = "Angle of the tilt axis against the image's y axis, counter-clockwise, to start from; empty takes it from the file, else markers tell and 0 stands for the other methods."), Unit("deg"), Range(-180, 180)]
    public double? RotationAngle { get; init; }

    /// <summary>Views left out, counted from 1.</summary>
    [Display(Name = "Exclude list", Description = "Views left out, counted from 1 as in IMOD's EXCLUDELIST."), Range(1, 100000)]
    public IReadOnlyList<int> ExcludeList { get; init; } = [];

    /// <summary>Diameter of a gold bead.</summary>
    [Display(Name = "Bead diameter", Description = "Diameter of a gold bead.", GroupName = "Beads"), Unit("px"), Range(2.0, 500.0)]
    public double BeadDiameter { get; init; } = 10;

    /// <summary>Beads are darker than what is around them.</summary>
    [Display(Name = "Dark beads", Description = "Beads are darker than their surroundings (bright field); else brighter.", GroupName = "Beads")]
    public bool DarkBeads { get; init; } = true;

    /// <summary>The most beads to follow.</summary>
    [Display(Name = "Most beads", Description = "The most beads to follow, those that look most like a bead first.", GroupName = "Beads"), Range(3, 500)]
    public int MostBeads { get; init; } = 40;

    /// <summary>Least correlation with the picture of a bead.</summary>
    [Display(Name = "Bead threshold", Description = "Least correlation with an ideal bead; lower finds more and wronger ones.", GroupName = "Beads"), Range(0.1, 0.95)]
    public double BeadThreshold { get; init; } = 0.5;

    /// <summary>How far from its prediction a marker is looked for.</summary>
    [Display(Name = "Search radius", Description = "How far from its prediction a bead is looked for; empty for a bead's diameter, at least 10 px.", GroupName = "Beads"), Unit("px"), Range(1.0, 1000.0)]
    public double? SearchRadius { get; init; }

    /// <summary>Edge of a patch.</summary>
    [Display(Name = "Size of patches", Description = "Edge of a patch; empty for a quarter of the image's shorter side.", GroupName = "Patches"), Unit("px"), Range(16, 4096)]
    public int? SizeOfPatches { get; init; }

    /// <summary>How much neighbouring patches overlap.</summary>
    [Display(Name = "Overlap of patches", Description = "Share of a patch that its neighbour sees too.", GroupName = "Patches"), Range(0.0, 0.9)]
    public double OverlapOfPatches { get; init; } = 0.4;

    /// <summary>What the model may fit besides shifts.</summary>
    [Display(Name = "Solve for rotation", Description = "One tilt axis for all views, a rotation of each view, or none.", GroupName = "Model")]
    public SolveFor Rotation { get; init; } = SolveFor.Common;

    /// <summary>A magnification of each view.</summary>
    [Display(Name = "Solve for magnification", Description = "Fits a magnification of each view; the one nearest 0 deg keeps 1.", GroupName = "Model")]
    public bool Magnification { get; init; }

    /// <summary>Outliers lose weight.</summary>
    [Display(Name = "Robust fitting", Description = "Measurements far off the model lose weight (Tukey's biweight).", GroupName = "Model")]
    public bool Robust { get; init; } = true;

    /// <summary>Levels the specimen.</summary>
    [Display(Name = "Level", Description = "Adds the tilt offset that lays the markers' mean plane level to the tilt angles.", GroupName = "Model")]
    public bool Level { get; init; }

    /// <summary>Pixels averaged for the search.</summary>
    [Display(Name = "Search binning", Description = "Pixels averaged for the search alone; empty takes the least that fits into memory.", GroupName = "Advanced"), Unit("px"), Range(1, 32)]
    public int? SearchBinning { get; init; }

    /// <summary>Low frequencies are dampened.</summary>
    [Display(Name = "Filter sigma 1", Description = "Cross-correlation: frequencies below this are dampened.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.0, 0.5)]
    public double FilterSigma1 { get; init; } = 0.02;

    /// <summary>Where high frequencies end.</summary>
    [Display(Name = "Filter radius 2", Description = "Cross-correlation: frequencies above this are dampened.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.01, 0.7)]
    public double FilterRadius2 { get; init; } = 0.2;

    /// <summary>How softly they end.</summary>
    [Display(Name = "Filter sigma 2", Description = "Cross-correlation: how softly the filter ends.", GroupName = "Advanced"), Unit("cycles/px"), Range(0.001, 0.5)]
    public double FilterSigma2 { get; init; } = 0.05;

    /// <summary>The largest shift from view to view.</summary>
    [Display(Name = "Largest shift", Description = "The largest shift from one view to the next; empty for a quarter of the image.", GroupName = "Advanced"), Unit("px"), Range(1.0, 10000.0)]
    public double? LargestShift { get; init; }
}

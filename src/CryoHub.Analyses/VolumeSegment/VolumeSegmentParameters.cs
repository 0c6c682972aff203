using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>The form of <see cref="VolumeSegment"/>.</summary>
public sealed record VolumeSegmentParameters
{
    /// <summary>The chain of steps.</summary>
    [Display(Name = "Steps", Description = "Filters, thresholds and clean-up, one after the other. A recipe given as input replaces them.")]
    public IReadOnlyList<SegmentStep> Steps { get; init; } =
    [
        new() { Step = SegmentStepKind.Gaussian },
        new() { Step = SegmentStepKind.Otsu },
        new() { Step = SegmentStepKind.RemoveSmall },
    ];

    /// <summary>Names and colours of labels.</summary>
    [Display(Name = "Labels", Description = "Names and colours of the labels; others are called class 1, class 2 ...")]
    public IReadOnlyList<LabelText> Labels { get; init; } = [];

    /// <summary>The part to segment.</summary>
    [Display(Name = "Box", Description = "Part of the volume to segment; empty for all of it.")]
    public VolumeBox? Box { get; init; }

    /// <summary>One slice to try the steps on.</summary>
    [Display(Name = "Slice", Description = "Tries the steps on this slice and its neighbours alone and shows it; thresholds that are found, not given, are then those of the slice. Empty for the volume."), Unit("px"), Range(0, int.MaxValue)]
    public int? Slice { get; init; }

    /// <summary>Edge of a voxel.</summary>
    [Display(Name = "Voxel", Description = "Edge of a cubic voxel; empty takes it from the file.", GroupName = "Advanced"), Unit("nm"), Range(1e-6, 1e9)]
    public double? Voxel { get; init; }

    /// <summary>Distance of the slices.</summary>
    [Display(Name = "Slice spacing", Description = "Distance of the slices, where the file does not know it or is wrong.", GroupName = "Advanced"), Unit("nm"), Range(1e-6, 1e9)]
    public double? SliceSpacing { get; init; }
}

using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>The form of <see cref="LabelAgreement"/>.</summary>
public sealed record LabelAgreementParameters
{
    /// <summary>A label that is left out.</summary>
    [Display(Name = "Leave out", Description = "Pixels that any annotator gave this label are not compared (0: only what all have painted). Empty compares all."), Range(0, 1 << 24)]
    public int? LeaveOut { get; init; }

    /// <summary>The part that is compared.</summary>
    [Display(Name = "Part", Description = "Box that is compared; empty compares the whole.")]
    public VolumeBox? Box { get; init; }

    /// <summary>Edge of a voxel.</summary>
    [Display(Name = "Voxel", Description = "Edge of a cubic voxel or of a pixel; empty takes it from the file."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Voxel { get; init; }

    /// <summary>Distance of the slices.</summary>
    [Display(Name = "Slice spacing", Description = "Distance of the slices, where the file does not know it or is wrong."), Unit("nm"), Range(1e-6, 1e9)]
    public double? SliceSpacing { get; init; }
}

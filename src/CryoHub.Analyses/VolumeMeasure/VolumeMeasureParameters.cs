using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>The form of <see cref="VolumeMeasure"/>.</summary>
public sealed record VolumeMeasureParameters
{
    /// <summary>Labels to measure.</summary>
    [Display(Name = "Phases", Description = "Labels to measure in detail; empty for all."), Range(0, int.MaxValue)]
    public IReadOnlyList<int> Phases { get; init; } = [];

    /// <summary>Grey value from which on a voxel is phase 1.</summary>
    [Display(Name = "Threshold", Description = "For a grey volume without labels: voxels from this value on are phase 1, all others phase 0. Empty: whole numbers of at most 16 values are labels, else Otsu's threshold.")]
    public double? Threshold { get; init; }

    /// <summary>The label whose share is the porosity.</summary>
    [Display(Name = "Pores", Description = "The label whose volume fraction is called porosity."), Range(0, int.MaxValue)]
    public int Pores { get; init; }

    /// <summary>The part to measure.</summary>
    [Display(Name = "Box", Description = "Part of the volume to measure; empty for all of it.")]
    public VolumeBox? Box { get; init; }

    /// <summary>Edge of a voxel.</summary>
    [Display(Name = "Voxel", Description = "Edge of a cubic voxel; empty takes it from the file."), Unit("nm"), Range(1e-6, 1e9)]
    public double? Voxel { get; init; }

    /// <summary>Distance of the slices.</summary>
    [Display(Name = "Slice spacing", Description = "Distance of the slices, where the file does not know it or is wrong."), Unit("nm"), Range(1e-6, 1e9)]
    public double? SliceSpacing { get; init; }

    /// <summary>Axes along which diffusion is solved.</summary>
    [Display(Name = "Tortuosity", Description = "Axes along which steady diffusion through each phase is solved; the longest part of a run.")]
    public TortuosityAxes Tortuosity { get; init; }

    /// <summary>Face on which the current collector lies.</summary>
    [Display(Name = "Collector", Description = "Face of the volume on which the collector lies: parts of a phase that do not lead there are isolated (inactive).")]
    public VolumeSide Collector { get; init; }

    /// <summary>Label of the collector.</summary>
    [Display(Name = "Collector label", Description = "Label of the collector, instead of a face."), Range(0, int.MaxValue)]
    public int? CollectorLabel { get; init; }

    /// <summary>Label on which each phase is measured as a layer.</summary>
    [Display(Name = "Layer on", Description = "Label on which a phase lies as a layer (SEI on metal): thickness, coverage and a map are given."), Range(0, int.MaxValue)]
    public int? LayerOn { get; init; }

    /// <summary>From which face the surface's height is measured.</summary>
    [Display(Name = "Roughness from", Description = "Face of the volume from which a phase is looked at: roughness of the heights at which it is met, a tilted plane taken off.")]
    public VolumeSide RoughnessFrom { get; init; }

    /// <summary>Files of the surfaces.</summary>
    [Display(Name = "Surface files", Description = "Formats in which each phase's surface is written: stl, ply, obj.")]
    public IReadOnlyList<MeshFormat> Meshes { get; init; } = [MeshFormat.Stl];

    /// <summary>Whether objects are listed.</summary>
    [Display(Name = "Objects", Description = "Lists the connected parts of each phase with their sizes and shapes.")]
    public bool Objects { get; init; } = true;

    /// <summary>Whether skeletons are made.</summary>
    [Display(Name = "Skeleton", Description = "Thins each phase to lines: length, branches, junctions.")]
    public bool Skeleton { get; init; } = true;

    /// <summary>Whether everything is measured again with the boundary moved.</summary>
    [Display(Name = "Uncertainty", Description = "Measures everything again with the boundary one voxel further in and out; half the difference is the uncertainty. Takes three times as long.")]
    public bool Uncertainty { get; init; } = true;

    /// <summary>Which voxels are neighbours.</summary>
    [Display(Name = "Neighbours", Description = "Voxels of one object share faces, edges too, or corners too.", GroupName = "Advanced")]
    public Connectivity Neighbours { get; init; } = Connectivity.Corners;

    /// <summary>Smaller objects are not listed.</summary>
    [Display(Name = "Smallest object", Description = "Objects of fewer voxels are not listed.", GroupName = "Advanced"), Unit("px"), Range(1, int.MaxValue)]
    public int SmallestObject { get; init; } = 1;

    /// <summary>Smoothing before the surface is made.</summary>
    [Display(Name = "Smoothing", Description = "Standard deviation of the Gaussian that takes the steps of the voxels off before the surface is made; the volume is kept. 1 is right for smooth bodies; 0.5 keeps sharp edges and thin slits.", GroupName = "Advanced"), Unit("px"), Range(0, 5)]
    public double Smoothing { get; init; } = 1;
}

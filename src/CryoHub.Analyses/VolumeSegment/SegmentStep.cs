using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>One step of a segmentation; it uses those numbers that its name lists.</summary>
public sealed record SegmentStep
{
    /// <summary>What is done.</summary>
    [Required, Display(Name = "Step", Description = "What is done; filters change grey values, thresholds and markers make labels, the rest changes labels.")]
    public SegmentStepKind Step { get; init; }

    /// <summary>Width of a Gaussian.</summary>
    [Display(Name = "Sigma", Description = "Standard deviation of the Gaussian: of the filter, the background, the surroundings (local threshold) or before the gradient (watershed)."), Unit("px"), Range(0, 200)]
    public double Sigma { get; init; } = 1;

    /// <summary>Radius.</summary>
    [Display(Name = "Radius", Description = "Radius of the ball (labels), the box (grey values), the search (non-local means), or the least distance of two parts' middles (split)."), Unit("px"), Range(1, 100)]
    public int Radius { get; init; } = 1;

    /// <summary>Lower grey value.</summary>
    [Display(Name = "Low", Description = "Threshold: label 1 from here on; hysteresis: parts from here on; markers: surely background up to here.")]
    public double? Low { get; init; }

    /// <summary>Higher grey value.</summary>
    [Display(Name = "High", Description = "Threshold: label 1 up to here; hysteresis: a part must reach this; markers: surely the object from here on.")]
    public double? High { get; init; }

    /// <summary>Classes.</summary>
    [Display(Name = "Classes", Description = "Classes of Otsu's thresholds, from dark (0) to bright."), Range(2, 8)]
    public int Classes { get; init; } = 2;

    /// <summary>Least size.</summary>
    [Display(Name = "Voxels", Description = "Connected parts of fewer voxels are removed."), Unit("px"), Range(1, int.MaxValue)]
    public int Voxels { get; init; } = 27;

    /// <summary>The label to change.</summary>
    [Display(Name = "Label", Description = "The label to change; empty for each in turn."), Range(1, int.MaxValue)]
    public int? Label { get; init; }

    /// <summary>Strength.</summary>
    [Display(Name = "Strength", Description = "Non-local means: share of the noise that differences may have; diffusion: difference that counts as an edge, in standard deviations of the noise; random walker: how much a difference of grey values parts (beta); empty for 0.8, 3 and 130."), Range(1e-6, 1e6)]
    public double? Strength { get; init; }

    /// <summary>Repetitions.</summary>
    [Display(Name = "Iterations", Description = "Steps of the diffusion."), Range(1, 1000)]
    public int Iterations { get; init; } = 10;

    /// <summary>Excess over the surroundings.</summary>
    [Display(Name = "Offset", Description = "Local threshold: how far a voxel must exceed its surroundings.")]
    public double Offset { get; init; }

    /// <summary>Which voxels are neighbours.</summary>
    [Display(Name = "Neighbours", Description = "Voxels of one part share faces, edges too, or corners too.")]
    public Connectivity Neighbours { get; init; }
}

using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Tomography;

/// <summary>The form of <see cref="Tomogram"/>.</summary>
public sealed record TomogramParameters : TomogramWbpParameters
{
    /// <summary>The method.</summary>
    [Display(Name = "Method", Description = "Back-projection is fast and linear; SIRT and CGLS fit the projections; total variation favours even regions when views are few and wants 100 iterations or more; DART knows the grey levels.")]
    public ReconstructionMethod Method { get; init; } = ReconstructionMethod.Sirt;

    /// <inheritdoc/>
    [Display(Name = "Iterations", Description = "Iterations of SIRT, CGLS and total variation, those before DART begins, or those the SIRT-like filter stands for."), Range(1, 1000)]
    public override int Iterations { get; init; } = 20;

    /// <summary>No density below zero.</summary>
    [Display(Name = "Positivity", Description = "Density below zero is set to zero after every iteration; CGLS, whose steps it would spoil, does so at its end.")]
    public bool Positivity { get; init; } = true;

    /// <summary>Where density may be.</summary>
    [Display(Name = "Mask", Description = "Where density may be; a volume given as input \"mask\" (above 0) holds in addition.")]
    public ReconstructionMask Mask { get; init; }

    /// <summary>Steps down the total variation after each SIRT step.</summary>
    [Display(Name = "Variation steps", Description = "Steps down the total variation after each SIRT step.", GroupName = "Total variation"), Range(1, 100)]
    public int VariationSteps { get; init; } = 20;

    /// <summary>Length of such a step as a share of the SIRT step's length.</summary>
    [Display(Name = "Variation step length", Description = "Length of such a step as a share of the SIRT step before it; larger is smoother.", GroupName = "Total variation"), Range(0.0, 1.0)]
    public double VariationStepLength { get; init; } = 0.2;

    /// <summary>Known densities.</summary>
    [Display(Name = "Grey levels", Description = "Densities that occur, per voxel, vacuum among them: read them off a SIRT reconstruction first.", GroupName = "DART"), Unit("per voxel"), Range(-1e12, 1e12)]
    public IReadOnlyList<double> GreyLevels { get; init; } = [];

    /// <summary>Rounds of segmentation and correction.</summary>
    [Display(Name = "DART rounds", Description = "Rounds of segmentation and correction of the borders.", GroupName = "DART"), Range(1, 500)]
    public int DartRounds { get; init; } = 10;

    /// <summary>SIRT iterations of each round.</summary>
    [Display(Name = "Iterations a round", Description = "SIRT iterations on the free voxels in each round.", GroupName = "DART"), Range(1, 100)]
    public int DartIterations { get; init; } = 5;

    /// <summary>Share of the inner voxels that are free in a round.</summary>
    [Display(Name = "Free share", Description = "Share of the voxels inside regions that are free in a round besides the borders.", GroupName = "DART"), Range(0.0, 1.0)]
    public double FreeShare { get; init; } = 0.1;

    /// <summary>Seed of the choice of free voxels.</summary>
    [Display(Name = "Seed", Description = "Seed of the choice of free voxels: the same seed gives the same volume.", GroupName = "DART"), Range(0, 1000000)]
    public int Seed { get; init; } = 1;
}

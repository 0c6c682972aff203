using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>The form of <see cref="PixelClassifier"/>.</summary>
public sealed record PixelClassifierParameters
{
    /// <summary>Scales of the features.</summary>
    [Display(Name = "Scales", Description = "Standard deviations of the Gaussians on which the features stand: from the finest detail to the size of what is to be told apart."), Unit("px"), Range(0.3, 64), MinLength(1)]
    public IReadOnlyList<double> Scales { get; init; } = [1, 2, 4, 8];

    /// <summary>Smoothed grey value.</summary>
    [Display(Name = "Gaussian", Description = "Smoothed grey value.")]
    public bool Gaussian { get; init; } = true;

    /// <summary>Laplacian of the Gaussian.</summary>
    [Display(Name = "Laplacian", Description = "Laplacian of the Gaussian: blobs and lines.")]
    public bool Laplacian { get; init; } = true;

    /// <summary>Gradient magnitude.</summary>
    [Display(Name = "Gradient magnitude", Description = "Steepness of the smoothed grey value: edges.")]
    public bool GradientMagnitude { get; init; } = true;

    /// <summary>Difference of Gaussians.</summary>
    [Display(Name = "Difference of Gaussians", Description = "Gaussian less the Gaussian of 0.66 times the scale: a band of sizes.")]
    public bool DifferenceOfGaussians { get; init; } = true;

    /// <summary>Eigenvalues of the structure tensor.</summary>
    [Display(Name = "Structure tensor", Description = "Eigenvalues of the structure tensor (gradients at the scale, averaged over half of it): texture and its direction.")]
    public bool StructureTensor { get; init; } = true;

    /// <summary>Eigenvalues of the Hessian.</summary>
    [Display(Name = "Hessian", Description = "Eigenvalues of the second derivatives: ridges, valleys, blobs.")]
    public bool Hessian { get; init; } = true;

    /// <summary>Whether neighbouring slices count.</summary>
    [Display(Name = "In three dimensions", Description = "Features of a volume take neighbouring slices into account; otherwise each slice or image stands alone.")]
    public bool ThreeDimensional { get; init; }

    /// <summary>Number of trees.</summary>
    [Display(Name = "Trees", Description = "Trees of the forest."), Range(1, 1000)]
    public int Trees { get; init; } = 100;

    /// <summary>Seed.</summary>
    [Display(Name = "Seed", Description = "The same seed gives the same forest, bit by bit."), Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Part of the labels kept for the test.</summary>
    [Display(Name = "Held out", Description = "Part of the labelled pixels, in tiles of 32 px, that a first forest does not see and is judged by; 0 for no test. The final forest learns from all."), Range(0, 0.9)]
    public double HeldOut { get; init; } = 0.25;

    /// <summary>Whether a volume of probabilities is written for each class.</summary>
    [Display(Name = "Probabilities", Description = "Also writes the probability of each class and the uncertainty (entropy of the probabilities, 0 sure to 1 undecided).")]
    public bool Probabilities { get; init; } = true;

    /// <summary>One frame to try on.</summary>
    [Display(Name = "Frame", Description = "Predicts this frame or slice alone; empty for all."), Range(0, int.MaxValue)]
    public int? Frame { get; init; }

    /// <summary>A part of each frame.</summary>
    [Display(Name = "Region", Description = "Predicts this part of each frame alone, to try it; empty for all.")]
    public Region? Region { get; init; }

    /// <summary>Most training pixels.</summary>
    [Display(Name = "Most training pixels", Description = "Of more labelled pixels so many are drawn at random.", GroupName = "Advanced"), Unit("px"), Range(100, 2_000_000)]
    public int MostPixels { get; init; } = 100_000;
}

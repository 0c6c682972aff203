using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Fourier;

/// <summary>The form of <see cref="FftPeaks"/>.</summary>
public sealed record FftPeaksParameters
{
    /// <summary>Part of the image to transform; all of it where absent.</summary>
    [Display(Name = "Box", Description = "Rectangle to transform; empty for the whole image.")]
    public Region? Box { get; init; }

    /// <summary>Peak power over the local background that counts as a peak.</summary>
    [Display(Name = "Threshold", Description = "How many times the local background a peak must reach."), Range(2, 1e6)]
    public double Threshold { get; init; } = 30;

    /// <summary>Most peaks to list.</summary>
    [Display(Name = "Peaks", Description = "At most so many peaks, strongest first."), Range(1, 500)]
    public int Peaks { get; init; } = 20;

    /// <summary>Largest spacing considered.</summary>
    [Display(Name = "Largest spacing", Description = "Longer spacings are taken for shape, not lattice; empty for a tenth of the box.", GroupName = "Advanced"), Unit("nm"), Range(1e-3, 1e6)]
    public double? LargestSpacing { get; init; }

    /// <summary>Frame of a stack.</summary>
    [Display(Name = "Frame", Description = "Which frame of a stack, from 0.", GroupName = "Advanced"), Range(0, int.MaxValue)]
    public int Frame { get; init; }
}

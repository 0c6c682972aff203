using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>The form of <see cref="EelsDeconvolve"/>.</summary>
public sealed record EelsDeconvolveParameters
{
    /// <summary>Method.</summary>
    [Display(Name = "Method", Description = "How plural scattering or blur is taken out; Fourier-ratio takes an edge without background as signal and its low loss as second input.")]
    public DeconvolutionMethod Method { get; init; }

    /// <summary>End of the zero loss above the peak.</summary>
    [Display(Name = "End of the zero loss", Description = "Counts up to so far above the peak are the zero loss; empty for the lowest point before the first loss. Beyond, the zero loss falls to nothing as a half cosine."), Unit("eV"), Range(1e-4, 1000.0)]
    public double? Threshold { get; init; }

    /// <summary>Whether the result is relative to the zero loss.</summary>
    [Display(Name = "Relative to the zero loss", Description = "Fourier-log: give S(E) = J1(E) / I0 per eV, whose area is t/lambda, instead of the counts J1(E).")]
    public bool Relative { get; init; }

    /// <summary>Resolution of the Fourier-ratio result.</summary>
    [Display(Name = "Width", Description = "Fourier-ratio: full width at half maximum of the peak that the result is blurred with against noise; empty for that of the zero loss."), Unit("eV"), Range(1e-4, 100.0)]
    public double? Width { get; init; }

    /// <summary>Iterations of Richardson-Lucy.</summary>
    [Display(Name = "Iterations", Description = "Richardson-Lucy: more are sharper and noisier."), Range(1, 500)]
    public int Iterations { get; init; } = 15;
}

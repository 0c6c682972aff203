using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>How plural scattering or blur is taken out.</summary>
public enum DeconvolutionMethod
{
    /// <summary>Single scattering of a low-loss spectrum: z ln(j / z).</summary>
    [Display(Name = "Fourier-log (low loss)")]
    FourierLog,

    /// <summary>An edge without the plural scattering that its low loss shows: z k / l.</summary>
    [Display(Name = "Fourier-ratio (edge with its low loss)")]
    FourierRatio,

    /// <summary>Sharper spectra, never negative.</summary>
    [Display(Name = "Richardson-Lucy (sharpening)")]
    RichardsonLucy,
}

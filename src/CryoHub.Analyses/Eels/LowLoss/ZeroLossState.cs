using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>Where energies are counted from.</summary>
public enum ZeroLossState
{
    /// <summary>From the peak of every pixel.</summary>
    [Display(Name = "In the spectra: count from it")]
    Present,

    /// <summary>From 0 eV of the axis: single scattering without a zero loss.</summary>
    [Display(Name = "Removed: single scattering from 0 eV")]
    Removed,
}

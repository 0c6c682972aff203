using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>What the spectra are measured by.</summary>
public enum DecomposeWeights
{
    /// <summary>Every count by the noise that its pixel and channel have on average (Keenan and Kotula 2004).</summary>
    [Display(Name = "Counting statistics")]
    Counting,

    /// <summary>All channels and pixels alike, the mean spectrum taken off.</summary>
    [Display(Name = "Equal")]
    Equal,
}

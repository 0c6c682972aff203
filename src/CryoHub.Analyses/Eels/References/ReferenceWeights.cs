using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.References;

/// <summary>How much each channel counts.</summary>
public enum ReferenceWeights
{
    /// <summary>1 / model: counted electrons.</summary>
    [Display(Name = "Counting statistics")]
    Counting,

    /// <summary>All the same: deconvolved or otherwise treated spectra.</summary>
    [Display(Name = "Equal")]
    Equal,
}

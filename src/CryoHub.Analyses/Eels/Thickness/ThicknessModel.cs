using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>Where the mean free path comes from.</summary>
public enum ThicknessModel
{
    /// <summary>Only t/lambda.</summary>
    [Display(Name = "None: thickness in mean free paths")]
    None,

    /// <summary>From the density.</summary>
    [Display(Name = "Iakoubovskii et al. (density)")]
    Iakoubovskii,

    /// <summary>From the effective atomic number.</summary>
    [Display(Name = "Malis et al. (effective atomic number)")]
    Malis,

    /// <summary>Given.</summary>
    [Display(Name = "Given mean free path")]
    Given,
}

using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>How counts become composition.</summary>
public enum QuantificationMethod
{
    /// <summary>Ratios of counts times k-factors.</summary>
    [Display(Name = "Cliff-Lorimer")]
    CliffLorimer,

    /// <summary>Counts times zeta-factors over the electrons: composition and mass thickness.</summary>
    [Display(Name = "Zeta factors")]
    Zeta,
}

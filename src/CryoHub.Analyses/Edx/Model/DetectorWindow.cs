using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>What lies before the detector.</summary>
public enum DetectorWindow
{
    /// <summary>Nothing but its own dead layer.</summary>
    [Display(Name = "None (windowless)")]
    Windowless,

    /// <summary>Thin polymer on a silicon grid, with a film of aluminium.</summary>
    [Display(Name = "Polymer")]
    Polymer,

    /// <summary>Beryllium of 8 um: nothing below sodium.</summary>
    [Display(Name = "Beryllium")]
    Beryllium,
}

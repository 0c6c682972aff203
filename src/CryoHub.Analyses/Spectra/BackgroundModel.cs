using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Spectra;

/// <summary>How the background under an energy window is estimated.</summary>
public enum BackgroundModel
{
    /// <summary>Gross counts.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>A straight line between a window before and a window after (EDX).</summary>
    [Display(Name = "Linear between two side windows")]
    Linear,

    /// <summary>A E^-r fitted in a window before the edge (EELS).</summary>
    [Display(Name = "Power law before the edge")]
    PowerLaw,
}

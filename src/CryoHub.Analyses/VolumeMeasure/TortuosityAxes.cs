using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Along which axes diffusion is solved.</summary>
public enum TortuosityAxes
{
    /// <summary>x, y and z.</summary>
    [Display(Name = "x, y and z")]
    All,

    /// <summary>x alone.</summary>
    [Display(Name = "x")]
    X,

    /// <summary>y alone.</summary>
    [Display(Name = "y")]
    Y,

    /// <summary>z alone.</summary>
    [Display(Name = "z")]
    Z,

    /// <summary>Not at all.</summary>
    [Display(Name = "Not at all")]
    None,
}

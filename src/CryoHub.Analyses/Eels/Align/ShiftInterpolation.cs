using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>How spectra are moved by parts of a channel.</summary>
public enum ShiftInterpolation
{
    /// <summary>Cubic convolution over four channels.</summary>
    [Display(Name = "Cubic")]
    Cubic,

    /// <summary>Straight lines between channels: never above its neighbours, but smoother.</summary>
    [Display(Name = "Linear")]
    Linear,

    /// <summary>By whole channels only: counts stay as they were counted.</summary>
    [Display(Name = "Whole channels")]
    WholeChannels,
}

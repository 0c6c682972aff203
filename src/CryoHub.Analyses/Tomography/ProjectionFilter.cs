using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>The weighting of spatial frequencies before back-projection.</summary>
public enum ProjectionFilter
{
    /// <summary>The exact ramp |k| (band-limited, Ramachandran and Lakshminarayanan).</summary>
    [Display(Name = "Ramp")]
    Ramp,

    /// <summary>|k| damped as after a number of SIRT iterations (Zeng 2012).</summary>
    [Display(Name = "SIRT-like")]
    SirtLike,

    /// <summary>|k| times cos^2(pi k): smooth, no ringing.</summary>
    [Display(Name = "Hann")]
    Hann,

    /// <summary>|k| times cos(pi k).</summary>
    [Display(Name = "Cosine")]
    Cosine,
}

using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>Where density may be.</summary>
public enum ReconstructionMask
{
    /// <summary>Everywhere.</summary>
    [Display(Name = "None")]
    None,

    /// <summary>In the cylinder round the tilt axis that every view sees whole.</summary>
    [Display(Name = "Cylinder")]
    Cylinder,
}

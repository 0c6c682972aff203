using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>What a gain reference is.</summary>
public enum GainUse
{
    /// <summary>A factor for each pixel.</summary>
    [Display(Name = "Multiply")]
    Multiply,

    /// <summary>An image of even illumination.</summary>
    [Display(Name = "Divide")]
    Divide,
}

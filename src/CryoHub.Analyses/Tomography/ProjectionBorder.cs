using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography;

/// <summary>What the filter assumes beyond the borders of a projection.</summary>
public enum ProjectionBorder
{
    /// <summary>The border's value goes on: no bright rim where the specimen is wider than the image.</summary>
    [Display(Name = "The border's value")]
    Extend,

    /// <summary>Vacuum.</summary>
    [Display(Name = "Nothing (vacuum)")]
    Zero,
}

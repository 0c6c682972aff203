using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Which rotations the projection model fits.</summary>
public enum SolveFor
{
    /// <summary>The start angle stays.</summary>
    [Display(Name = "Nothing")]
    Nothing,

    /// <summary>One angle for all views.</summary>
    [Display(Name = "One axis angle")]
    Common,

    /// <summary>An angle for each view.</summary>
    [Display(Name = "Each view's angle")]
    EachView,
}

using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>The form of <see cref="EdxModel"/>.</summary>
public sealed record EdxModelParameters : EdxFitParameters
{
    /// <summary>Whether every pixel is fitted, too.</summary>
    [Display(Name = "Maps", Description = "Fit every pixel, too, and give a map of each family.")]
    public bool Maps { get; init; } = true;
}

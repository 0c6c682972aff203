using System.ComponentModel.DataAnnotations;
using CryoHub.Analyses.Parameters;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>What analyses ask that fit the lines of elements.</summary>
public abstract record EdxFitParameters : EdxParameters
{
    /// <summary>Elements; those found where empty.</summary>
    [Display(Name = "Elements", Description = "Chemical symbols whose lines are fitted, for instance O, Fe, Cu; empty for those that are found.")]
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>Side of the square of pixels that are added up for each pixel of the maps.</summary>
    [Display(Name = "Box", Description = "Each pixel of the maps holds the counts of a square of so many pixels around it: more counts, less detail."), Unit("px"), Range(1, 99)]
    public int Box { get; init; } = 1;
}

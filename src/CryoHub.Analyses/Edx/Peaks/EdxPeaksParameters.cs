using System.ComponentModel.DataAnnotations;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>The form of <see cref="EdxPeaks"/>.</summary>
public sealed record EdxPeaksParameters : EdxParameters
{
    /// <summary>Elements that are looked for; all where empty.</summary>
    [Display(Name = "Elements", Description = "Chemical symbols to choose from, for instance C, O, Fe; empty to look for all.")]
    public IReadOnlyList<string> Elements { get; init; } = [];

    /// <summary>Least score.</summary>
    [Display(Name = "Threshold", Description = "How many standard deviations an element must explain to count as found; weaker ones down to 5 are listed as possible."), Range(2, 100)]
    public double Threshold { get; init; } = 8;
}

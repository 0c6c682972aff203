using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>An element, or a sum peak, that may be in a spectrum.</summary>
/// <param name="Z">Atomic number; 0 for a sum peak.</param>
/// <param name="Columns">Its columns among all parts.</param>
/// <param name="Prior">What its gain is multiplied by before it is compared: below 1 for elements that are seldom met.</param>
internal sealed record Candidate(int Z, int[] Columns, double Prior)
{
    /// <summary>The columns of the two lines of a sum peak.</summary>
    public int[]? Parents { get; init; }

    private static readonly int[] Never = [2, 10, 36, 43, 61, 84, 85, 86, 87, 88, 89, 91, 93, 94, 95, 96, 97, 98];

    private static readonly int[] Usual = [6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 19, 20, 22, 24, 25, 26, 27, 28, 29, 30, 31, 78, 79];

    private static readonly int[] Seldom =
        [4, 18, 21, 32, 33, 34, 35, 37, 39, 44, 45, 46, 48, 49, 52, 53, 54, 55, 59, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 75, 76, 77, 80, 81, 90, 92];

    /// <summary>Noble gases without use and elements without stable isotopes are not looked for unless they are named.</summary>
    public static bool IsLookedFor(int z) => !Never.Contains(z);

    public static double PriorOf(int z) => Usual.Contains(z) ? 1 : Seldom.Contains(z) ? 0.5 : 0.75;
}

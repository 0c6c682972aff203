using CryoHub.Analyses.Edx.XRays;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Edx;

/// <summary>Chemical symbols as people type them.</summary>
internal static class ElementNames
{
    /// <summary>Atomic numbers, in the order given, each once.</summary>
    /// <exception cref="ProblemException">A symbol is none, or its element has no line that an EDX detector sees.</exception>
    public static int[] Parse(IReadOnlyList<string> symbols) => [.. symbols.Select(Number).Distinct()];

    public static string Symbol(int z) => ChemicalSymbols.Of(z)!;

    private static int Number(string symbol)
    {
        var z = Enumerable.Range(1, XRayTable.LastZ).FirstOrDefault(z => ChemicalSymbols.Of(z) == symbol.Trim());
        return z switch
        {
            0 => throw ProblemException.Invalid($"\"{symbol}\" is no chemical symbol from H to Cf; expected for instance Fe."),
            < 5 => throw ProblemException.Invalid($"{symbol} has no X-ray line that an EDX detector counts; the lightest element it sees is B. Lithium and beryllium are found by EELS."),
            _ => z,
        };
    }
}

using System.Runtime.InteropServices;

namespace CryoHub.Analyses.Edx.XRays;

/// <summary>
/// The functions of xraylib 4 (libxrl) that X-ray spectra need: energies in keV, cross sections in cm^2/g. They read tables only and may be called from any thread; what the
/// tables do not hold is 0. Schoonjans et al., Spectrochim. Acta B 66 (2011) 776, doi:10.1016/j.sab.2011.09.011.
/// </summary>
internal static partial class Xraylib
{
    /// <summary>Numbers of the shells K, L1 to L3 and M1 to M5 in xraylib.h.</summary>
    public const int K = 0, L1 = 1, L2 = 2, L3 = 3, M1 = 4, M5 = 8;

    /// <summary>Numbers of the Coster-Kronig transitions in xraylib.h that move a vacancy from one subshell to another.</summary>
    public static readonly (int From, int To, int Transition)[] CosterKronigs =
    [
        (L1, L2, 1), (L1, L3, 2), (L2, L3, 4),
        (M1, M1 + 1, 5), (M1, M1 + 2, 6), (M1, M1 + 3, 7), (M1, M5, 8), (M1 + 1, M1 + 2, 9), (M1 + 1, M1 + 3, 10), (M1 + 1, M5, 11), (M1 + 2, M1 + 3, 12), (M1 + 2, M5, 13), (M1 + 3, M5, 14),
    ];

    private const string Library = "libxrl.so.11";

    /// <summary>The numbers of the lines that fill each shell from K to M5, as xraylib.h counts them downwards.</summary>
    private static readonly (int First, int Last)[] LinesOfShell = [(-1, -29), (-30, -58), (-59, -85), (-86, -113), (-114, -136), (-137, -158), (-159, -180), (-181, -200), (-201, -219)];

    /// <summary>Lines that fill <paramref name="shell"/>.</summary>
    public static IEnumerable<int> LinesInto(int shell) => Enumerable.Range(0, LinesOfShell[shell].First - LinesOfShell[shell].Last + 1).Select(i => LinesOfShell[shell].First - i);

    public static double LineEnergy(int z, int line) => LineEnergy(z, line, 0);

    /// <summary>Share of a line among all lines that fill the same shell.</summary>
    public static double RadiativeRate(int z, int line) => RadiativeRate(z, line, 0);

    public static double FluorescenceYield(int z, int shell) => FluorescenceYield(z, shell, 0);

    public static double EdgeEnergy(int z, int shell) => EdgeEnergy(z, shell, 0);

    public static double CosterKronig(int z, int transition) => CosterKronig(z, transition, 0);

    /// <summary>Photoelectric cross section of one shell (Kissel), cm^2/g.</summary>
    public static double PhotoOfShell(int z, int shell, double keV) => PhotoOfShell(z, shell, keV, 0);

    /// <summary>Mass attenuation coefficient, cm^2/g; from 0.1 to 800 keV.</summary>
    public static double Attenuation(int z, double keV) => Attenuation(z, keV, 0);

    /// <summary>g/mol.</summary>
    public static double AtomicWeight(int z) => AtomicWeight(z, 0);

    /// <summary>g/cm^3.</summary>
    public static double Density(int z) => Density(z, 0);

    [LibraryImport(Library, EntryPoint = "LineEnergy")]
    private static partial double LineEnergy(int z, int line, nint error);

    [LibraryImport(Library, EntryPoint = "RadRate")]
    private static partial double RadiativeRate(int z, int line, nint error);

    [LibraryImport(Library, EntryPoint = "FluorYield")]
    private static partial double FluorescenceYield(int z, int shell, nint error);

    [LibraryImport(Library, EntryPoint = "EdgeEnergy")]
    private static partial double EdgeEnergy(int z, int shell, nint error);

    [LibraryImport(Library, EntryPoint = "CosKronTransProb")]
    private static partial double CosterKronig(int z, int transition, nint error);

    [LibraryImport(Library, EntryPoint = "CS_Photo_Partial")]
    private static partial double PhotoOfShell(int z, int shell, double keV, nint error);

    [LibraryImport(Library, EntryPoint = "CS_Total")]
    private static partial double Attenuation(int z, double keV, nint error);

    [LibraryImport(Library, EntryPoint = "AtomicWeight")]
    private static partial double AtomicWeight(int z, nint error);

    [LibraryImport(Library, EntryPoint = "ElementDensity")]
    private static partial double Density(int z, nint error);
}

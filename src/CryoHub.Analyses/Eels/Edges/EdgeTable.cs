using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Edges;

/// <summary>
/// Onsets of ionisation edges. Edges from 10 eV as in the EELS Atlas (Ahn and Krivanek, Gatan 1983, as quoted by eXSpy and HyperSpy); what it lacks (K edges from sulphur on
/// that are no light elements', outer shells of zinc and the heavy ones) from the X-ray Data Booklet, table 1-1. A star marks the edges by which one looks for an element.
/// </summary>
public static class EdgeTable
{
    private const string Onsets = """
        Li 3 K=55*
        Be 4 K=111*
        B 5 K=188*
        C 6 K=284*
        N 7 K=401*
        O 8 K=532*
        F 9 K=685*
        Ne 10 K=867*
        Na 11 K=1072* L1=63 L2,3=31*
        Mg 12 K=1305* L1=89 L2,3=51*
        Al 13 K=1560* L1=118 L2,3=73*
        Si 14 K=1839* L1=149.7 L2=99.8* L3=99.2*
        P 15 K=2146* L1=189 L2,3=132*
        S 16 K=2472 L1=229 L2,3=165*
        Cl 17 K=2822 L1=270 L2,3=200*
        Ar 18 L1=320 L2,3=245*
        K 19 K=3608 L1=377 L2=296* L3=294* M2,3=18
        Ca 20 K=4038 L1=438 L2=350* L3=346* M2,3=25
        Sc 21 L1=500 L2=407* L3=402* M2,3=32*
        Ti 22 K=4966 L1=564 L2=462* L3=456* M2,3=35*
        V 23 L1=628 L2=521* L3=513* M2,3=38*
        Cr 24 L1=695 L2=584* L3=575* M2,3=43*
        Mn 25 K=6539 L1=769 L2=651* L3=640* M2,3=51*
        Fe 26 K=7113 L1=846 L2=721* L3=708* M2,3=57*
        Co 27 K=7709 L1=926 L2=794* L3=779* M2,3=59*
        Ni 28 K=8333 L1=1008 L2=872* L3=855* M2,3=68*
        Cu 29 K=8979 L1=1096 L2=951* L3=931* M2,3=74*
        Zn 30 K=9659 L1=1194 L2=1043* L3=1020* M2,3=87 M4,5=10
        Ga 31 L1=1298 L2=1142* L3=1115*
        Ge 32 L1=1414 L2=1248* L3=1217* M4,5=29
        As 33 L1=1526 L2=1359* L3=1323*
        Se 34 L1=1654 L2=1476* L3=1436* M4,5=55
        Br 35 L1=1782 L2=1596* L3=1550* M4,5=69
        Kr 36 L1=1921 L2=1727* L3=1675* M4,5=89*
        Rb 37 L1=2065 L2=1864* L3=1804* M2=247 M3=238 M4,5=110*
        Sr 38 L1=2216 L2=2007* L3=1940* M2=280 M3=269 M4,5=134*
        Y 39 L1=2372 L2=2155* L3=2080* M2=312 M3=300 M4,5=160*
        Zr 40 L1=2532 L2=2307* L3=2222* M2=344 M3=330 M4,5=181* N2,3=29
        Nb 41 L1=2698 L2=2465* L3=2371* M2=378 M3=363 M4=205* M5=202.3* N2,3=31
        Mo 42 L1=2866 L2=2625* L3=2520* M2=410 M3=392 M4=228* M5=227*
        Ru 44 M2=483 M3=461 M4,5=279*
        Rh 45 M2=521 M3=496 M4=312* M5=308*
        Pd 46 M2=559 M3=531 M4=340* M5=335*
        Ag 47 M2=602 M3=571 M4=373* M5=367* N2,3=57
        Cd 48 M2=651 M3=616 M4=411* M5=404*
        In 49 M2=702 M3=664 M4=451* M5=443* N4,5=17
        Sn 50 M2=756 M3=714 M4=494* M5=485* N4,5=24
        Sb 51 M2=812 M3=766 M4=537* M5=528* N4,5=32
        Te 52 M2=870 M3=819 M4=582* M5=572* N4,5=40
        I 53 M2=930 M3=875 M4=631* M5=620* N4,5=50
        Xe 54 M4=685* M5=672*
        Cs 55 M2=1065 M3=998 M4=740* M5=726* N4,5=78*
        Ba 56 M2=1137 M3=1062 M4=796* M5=781* N4,5=90*
        La 57 M2=1204 M3=1123 M4=849* M5=832* N4,5=99* O2,3=15
        Ce 58 M2=1273 M3=1185 M4=901* M5=883* N4,5=110*
        Pr 59 M2=1337 M3=1242 M4=951* M5=931* N4,5=114*
        Nd 60 M2=1403 M3=1297 M4=1000* M5=978* N4,5=118*
        Sm 62 M2=1541 M3=1420 M4=1106* M5=1080* N4,5=130*
        Eu 63 M2=1614 M3=1481 M4=1161* M5=1131* N4,5=134*
        Gd 64 M2=1688 M3=1544 M4=1217* M5=1185* N4,5=141*
        Tb 65 M2=1768 M3=1611 M4=1275* M5=1241* N4,5=148*
        Dy 66 M2=1842 M3=1676 M4=1332* M5=1295* N4,5=154*
        Ho 67 M2=1923 M3=1741 M4=1391* M5=1351* N4,5=161*
        Er 68 M2=2006 M3=1812 M4=1453* M5=1409* N4,5=168*
        Tm 69 M2=2090 M3=1884 M4=1515* M5=1468* N4,5=180*
        Yb 70 M2=2173 M3=1950 M4=1576* M5=1528* N4,5=184*
        Lu 71 M2=2263 M3=2024 M4=1639* M5=1588* N4,5=195*
        Hf 72 M4=1716* M5=1662*
        Ta 73 M4=1793* M5=1735* N6,7=25 O2,3=36
        W 74 M4=1872* M5=1809*
        Re 75 M4=1949* M5=1883*
        Os 76 M4=2031* M5=1960*
        Ir 77 M4=2116* M5=2040*
        Pt 78 M4=2202* M5=2122*
        Au 79 M4=2291* M5=2206*
        Hg 80 M4=2385* M5=2295*
        Tl 81 M4=2485* M5=2389*
        Pb 82 M4=2586* M5=2484* O4,5=20
        Bi 83 M4=2688* M5=2580* O4,5=25
        Th 90 M4=3491* M5=3332* O4,5=83*
        U 92 M4=3728* M5=3552* O4,5=96*
        """;

    private static readonly Dictionary<string, EelsEdge[]> ByElement = Parse();

    /// <summary>All edges by rising onset.</summary>
    public static IReadOnlyList<EelsEdge> All { get; } = [.. ByElement.Values.SelectMany(edges => edges).OrderBy(edge => edge.OnsetEv).ThenBy(edge => edge.Z)];

    /// <summary>Edges of that element by rising onset; none where the table lacks it.</summary>
    public static IReadOnlyList<EelsEdge> Of(string element) => ByElement.TryGetValue(element, out var edges) ? edges : [];

    /// <summary>The edge of that element and shell, or <c>null</c>; L3 also finds L2,3 where both have one onset.</summary>
    public static EelsEdge? Find(string element, string shell) =>
        Of(element).FirstOrDefault(edge => edge.Shell == shell)
        ?? Of(element).FirstOrDefault(edge => edge.Shell.Length == 4 && shell.Length == 2 && edge.Shell[0] == shell[0] && (edge.Shell[1] == shell[1] || edge.Shell[3] == shell[1]));

    /// <summary>Major edges with an onset in a range of energies, by rising onset.</summary>
    public static IEnumerable<EelsEdge> Major(double fromEv, double toEv) => All.Where(edge => edge.IsMajor && edge.OnsetEv >= fromEv && edge.OnsetEv <= toEv);

    /// <summary>The edge that a person means: <c>O K</c>, <c>Ti L</c>, <c>Ti_L3</c>, or an element alone for its lowest major K or L edge from <paramref name="lowestEv"/> on.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static EelsEdge Named(string name, double lowestEv = 0)
    {
        var words = name.Split([' ', '_', '-'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var edges = words.Length == 0 ? [] : Of(words[0]);
        if (edges.Count == 0)
        {
            throw ProblemException.Invalid($"The table has no edges of \"{name}\"; expected an element and a shell, for instance O K or Ti L3.");
        }

        var found = words.Length == 1
            ? edges.Where(edge => edge.IsMajor && edge.OnsetEv >= lowestEv).OrderBy(edge => edge.Family).ThenBy(edge => edge.OnsetEv).FirstOrDefault()
            : Find(words[0], words[1]) ?? edges.FirstOrDefault(edge => words[1].Length == 1 && edge.Family == words[1][0] && edge.IsMajor);
        return found ?? throw ProblemException.Invalid($"The table has no edge \"{name}\"; of {words[0]} it has {string.Join(", ", edges.Select(edge => FormattableString.Invariant($"{edge.Shell} {edge.OnsetEv:0.#} eV")))}.");
    }

    private static Dictionary<string, EelsEdge[]> Parse()
    {
        var table = new Dictionary<string, EelsEdge[]>(StringComparer.Ordinal);
        foreach (var line in Onsets.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            var z = int.Parse(words[1], CultureInfo.InvariantCulture);
            table.Add(words[0], [.. words.Skip(2).Select(word => Edge(words[0], z, word)).OrderBy(edge => edge.OnsetEv)]);
        }

        return table;
    }

    private static EelsEdge Edge(string element, int z, string word)
    {
        var parts = word.Split('=');
        return new EelsEdge(element, z, parts[0], double.Parse(parts[1].TrimEnd('*'), CultureInfo.InvariantCulture), parts[1].EndsWith('*'));
    }
}

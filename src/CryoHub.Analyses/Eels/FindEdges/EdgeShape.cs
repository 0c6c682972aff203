using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>What one knows about an edge before looking at it: where its rise may lie, how sharp it is, how often one meets the element.</summary>
/// <param name="Before">eV before the table's onset that a rise may lie.</param>
/// <param name="After">eV after it: chemical shifts, delayed maxima.</param>
/// <param name="Delay">eV after it that the rise is expected.</param>
/// <param name="Rise">Width of the rise in eV.</param>
/// <param name="WhiteLines">True: a sharp line is expected at the onset; false: none is; <c>null</c>: either.</param>
/// <param name="Prior">0 to 1.</param>
internal readonly record struct EdgeShape(double Before, double After, double Delay, double Rise, bool? WhiteLines, double Prior)
{
    private static readonly HashSet<string> Usual =
        ["Li", "Be", "B", "C", "N", "O", "F", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "K", "Ca", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Sr", "Zr", "La"];

    private static readonly HashSet<string> Rare = ["Ne", "Ar", "Kr", "Xe", "Ru", "Rh", "Cd", "Tb", "Ho", "Tm", "Lu", "Re", "Os", "Ir", "Hg", "Tl", "Th", "U"];

    /// <summary>Shapes as in the EELS Atlas: saw-tooth K, white lines of 3d metals and lanthanides, delayed M4,5 from rubidium to xenon and L2,3 of the third row.</summary>
    public static EdgeShape Of(EelsEdge edge)
    {
        var prior = Usual.Contains(edge.Element) ? 1 : Rare.Contains(edge.Element) ? 0.6 : 0.8;
        return (edge.Family, edge.Z) switch
        {
            ('K', _) => new EdgeShape(5, 6, 0.5, 2.5, null, prior),
            ('L', >= 19 and <= 29) => new EdgeShape(5, 4.5, -1.5, 2, true, prior),
            ('L', <= 18) => new EdgeShape(3, 8, 2, 4, null, prior),
            ('L', _) => new EdgeShape(4, 10, 3, 5, false, prior),
            ('M', >= 55 and <= 71) when edge.OnsetEv > 500 => new EdgeShape(5, 5, -1.5, 2.5, true, prior),
            ('M', _) => new EdgeShape(3, 20, 8, 8, false, prior),
            _ => new EdgeShape(3, 12, 5, 6, false, 0.8 * prior),
        };
    }
}

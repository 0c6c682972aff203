namespace CryoHub.Analyses.Eels.Edges;

/// <summary>An ionisation edge of the table; sub-shells of one onset (L2,3 of aluminium) are one edge.</summary>
/// <param name="Element">Chemical symbol.</param>
/// <param name="Z">Atomic number.</param>
/// <param name="Shell">Sub-shell: <c>K</c>, <c>L3</c>, <c>L2,3</c>, <c>M4,5</c> ...</param>
/// <param name="OnsetEv">Onset in eV, the inflection point of the edge.</param>
/// <param name="IsMajor">Whether one looks for the element by this edge.</param>
public sealed record EelsEdge(string Element, int Z, string Shell, double OnsetEv, bool IsMajor)
{
    /// <summary>Element and sub-shell, for instance <c>O K</c>.</summary>
    public string Name => $"{Element} {Shell}";

    /// <summary>The shell without its number: <c>K</c>, <c>L</c>, <c>M</c> ...</summary>
    public char Family => Shell[0];
}

namespace CryoHub.Analyses.Edx.XRays;

/// <summary>All lines of an element that fill one main shell, emitted together in fixed shares.</summary>
/// <param name="Z">Atomic number.</param>
/// <param name="Symbol">Chemical symbol.</param>
/// <param name="Shell">K, L or M.</param>
/// <param name="EdgeEv">Energy an electron needs to excite the main line.</param>
/// <param name="Lines">The main (alpha) line first; shares sum to 1.</param>
/// <param name="PhotonArea">Cross section for a beam electron to make a photon of this family, cm^2 an atom.</param>
internal sealed record XRayFamily(int Z, string Symbol, char Shell, double EdgeEv, IReadOnlyList<XRayLine> Lines, double PhotonArea)
{
    /// <summary>As people write it: <c>Fe K</c>.</summary>
    public string Name => $"{Symbol} {Shell}";

    /// <summary>The alpha line, whose counts k-factors refer to.</summary>
    public XRayLine Main => Lines[0];
}

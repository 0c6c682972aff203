namespace CryoHub.Platform.Ledgers;

/// <summary>The fluence above which a phase is no longer what it was, as somebody measured it.</summary>
/// <param name="Phase">Chemical formula or name.</param>
/// <param name="PerA2">Electrons per square ångström.</param>
/// <param name="BeamKeV">Beam energy it holds for; <c>null</c> where the source states none.</param>
/// <param name="Criterion">What was seen to change, and at which temperature.</param>
/// <param name="Source">Who says so.</param>
/// <param name="IsMeasured">False for a value that is only reported, not measured with a stated method.</param>
public sealed record CriticalFluence(string Phase, double PerA2, double? BeamKeV, string Criterion, string Source, bool IsMeasured)
{
    /// <summary>What a new lab starts with. Only the carbonate's value comes from an open measurement; the others are what the field repeats, and no open source confirms them.</summary>
    public static IReadOnlyList<CriticalFluence> Reported { get; } =
    [
        new("Li", 1e5, 300, "mass loss, cryogenic", Unconfirmed, false),
        new("Li2O2", 1e4, null, "damage, cryogenic", Unconfirmed, false),
        new("LiOH", 1e4, null, "damage, cryogenic", Unconfirmed, false),
        new("electrolyte", 1e4, null, "damage of the frozen electrolyte", Unconfirmed, false),
        new("Li2CO3", 750, 200, "C K and O K fine structure, room temperature, 100 e/Å²/s", "Lin et al., Sci. Rep. 4 (2014) 5694", true),
    ];

    private const string Unconfirmed = "as reported; not confirmed by an open source";

    /// <summary>The phases that did not survive <paramref name="fluencePerA2"/>, the least robust first.</summary>
    /// <param name="fluencePerA2">Electrons per square ångström.</param>
    /// <param name="limits">Of several for a phase the one of the nearest beam energy counts; those that state none where no other is left.</param>
    /// <param name="beamKeV">Energy of the beam; <c>null</c> where it is not recorded: then the lowest limit of each phase counts.</param>
    public static IReadOnlyList<CriticalFluence> ExceededBy(double fluencePerA2, IReadOnlyList<CriticalFluence> limits, double? beamKeV) =>
    [
        .. limits.GroupBy(limit => limit.Phase, StringComparer.OrdinalIgnoreCase)
            .Select(ofPhase => ofPhase.OrderBy(limit => beamKeV is { } keV ? Math.Abs(keV - limit.BeamKeV ?? double.MaxValue) : 0).ThenBy(limit => limit.PerA2).First())
            .Where(limit => fluencePerA2 > limit.PerA2).OrderBy(limit => limit.PerA2),
    ];
}

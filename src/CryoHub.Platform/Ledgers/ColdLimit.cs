namespace CryoHub.Platform.Ledgers;

/// <summary>The temperature above which a frozen medium is no longer what it was.</summary>
/// <param name="Medium">As the field "What froze" names it.</param>
/// <param name="Kelvin">The limit; <c>null</c> where the lab has set none.</param>
/// <param name="Source">Who says so.</param>
public sealed record ColdLimit(string Medium, double? Kelvin, string Source)
{
    /// <summary>Vitrified water crystallises on warming near 138 K; other media need a limit of the lab's own, with its source.</summary>
    public static IReadOnlyList<ColdLimit> Known { get; } =
    [
        new("water", 138, "Dubochet et al., Q. Rev. Biophys. 21 (1988) 129"),
    ];
}

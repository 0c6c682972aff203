namespace CryoHub.Platform.Ledgers;

/// <summary>What one step says about the cold.</summary>
/// <param name="MinK">Lowest, in kelvin; <c>null</c> where it was not recorded.</param>
/// <param name="MaxK">Highest.</param>
/// <param name="LimitK">The limit that held at that time; <c>null</c> before freezing or where no limit is set.</param>
/// <param name="IsRecorded">False where the specimen was frozen, time went by, and no temperature was recorded.</param>
public sealed record TemperatureEntry(ChronicleStep Step, double? MinK, double? MaxK, double? LimitK, bool IsRecorded)
{
    /// <summary>The step got warmer than its limit.</summary>
    public bool IsTooWarm => MaxK > LimitK;
}

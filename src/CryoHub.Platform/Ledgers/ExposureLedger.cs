using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>
/// What the gases around a specimen may have done to it: ppm × minutes, summed over every step since the cell was opened. Sealed in its cell, under liquid nitrogen or
/// in vacuum it is exposed to nothing that the ppm of a glovebox could count; a step that leaves the numbers out makes every later sum a lower bound.
/// </summary>
public sealed class ExposureLedger
{
    private const double PpmMinutes = 1e6 / 60;

    private static readonly string[] NoGas = ["sealed", "liquid nitrogen", "vacuum"];

    private ExposureLedger(IReadOnlyList<ExposureEntry> entries) => Entries = entries;

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<ExposureEntry> Entries { get; }

    public double OxygenPpmMin => Entries.Count > 0 ? Entries[^1].OxygenPpmMin : 0;

    public double WaterPpmMin => Entries.Count > 0 ? Entries[^1].WaterPpmMin : 0;

    /// <summary>True where a step has no record: the sums are then "at least".</summary>
    public bool IsLowerBound => Entries.Any(entry => !entry.IsRecorded);

    public static ExposureLedger Of(IReadOnlyCollection<ChronicleStep> steps)
    {
        var entries = new List<ExposureEntry>();
        var (oxygen, water, opened) = (0.0, 0.0, false);
        foreach (var step in steps.OrderBy(step => step.StartedAt).ThenBy(step => step.EndedAt).ThenBy(step => step.Id))
        {
            opened |= step.Kind == StepKinds.Disassembly;
            var (o2, h2o) = (step.Si(CommonFields.Oxygen.Key), step.Si(CommonFields.Water.Key));
            oxygen += (o2 ?? 0) * step.Duration.TotalSeconds * PpmMinutes;
            water += (h2o ?? 0) * step.Duration.TotalSeconds * PpmMinutes;
            var shutOff = NoGas.Contains(step.Text(CommonFields.Gas.Key));
            entries.Add(new(step, oxygen, water, !opened || shutOff || step.Duration == TimeSpan.Zero || Sitting.Of(step, steps) is not null || (o2 is not null && h2o is not null)));
        }

        return new(entries);
    }

    /// <summary>From the end of the newest step of that kind to <paramref name="now"/>; <c>null</c> where there is none.</summary>
    public TimeSpan? Since(string kind, DateTimeOffset now) => Entries.LastOrDefault(entry => entry.Step.Kind == kind) is { } entry ? now - entry.Step.EndedAt : null;
}

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

    /// <summary>Time since plating (cycling that was not stopped after stripping), disassembly and lift-out, as far as they are recorded and not the last step themselves.</summary>
    public IReadOnlyList<SpecimenAge> Ages
    {
        get
        {
            var last = Entries.Select(entry => entry.Step.EndedAt).DefaultIfEmpty().Max();
            return
            [
                .. new[] { Age("plating", step => step.Kind == StepKinds.Cycling && step.Text("stopped") != "stripped"), Age("disassembly", step => step.Kind == StepKinds.Disassembly), Age("lift-out", step => step.Kind == StepKinds.LiftOut) }
                    .OfType<SpecimenAge>().Where(age => age.AtLastStep > TimeSpan.Zero),
            ];

            SpecimenAge? Age(string since, Func<ChronicleStep, bool> isIt) =>
                Entries.LastOrDefault(entry => isIt(entry.Step)) is { } entry ? new(since, entry.Step.EndedAt, last - entry.Step.EndedAt) : null;
        }
    }
}

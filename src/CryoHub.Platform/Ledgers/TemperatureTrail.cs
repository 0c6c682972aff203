using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>How cold the specimen was from step to step. From freezing on, a step warmer than the frozen medium's limit, or without a record, is an alarm.</summary>
public static class TemperatureTrail
{
    public static IReadOnlyList<TemperatureEntry> Of(IReadOnlyCollection<ChronicleStep> steps, IReadOnlyList<ColdLimit> limits)
    {
        var entries = new List<TemperatureEntry>();
        var (frozen, limit) = (false, (double?)null);
        foreach (var step in steps.OrderBy(step => step.StartedAt).ThenBy(step => step.EndedAt).ThenBy(step => step.Id))
        {
            var session = Sitting.Of(step, steps);
            var (min, max) = (Told(CommonFields.Coldest.Key), Told(CommonFields.Warmest.Key) ?? step.Si("stage-temperature"));
            max ??= min;
            min ??= max;
            entries.Add(new(step, min, max, limit, !frozen || max is not null || step.Duration == TimeSpan.Zero));
            if (step.Kind == StepKinds.Vitrification)
            {
                frozen = true;
                limit = limits.FirstOrDefault(known => known.Medium == step.Text("frozen-medium"))?.Kelvin;
            }

            double? Told(string key) => step.Si(key) ?? session?.Si(key);
        }

        return entries;
    }
}

using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>Electron fluence per place on the specimen, over all acquisitions from atlas to tilt series.</summary>
public static class DoseLedger
{
    private const double SquareAngstrom = 1e-20;
    private const double KiloelectronVolt = 1.602176634e-16;   // J, exact (BIPM, SI brochure, 2019)

    /// <summary>Acquisitions in the order of time, each with the sum of all before it that may have hit its place.</summary>
    public static IReadOnlyList<DoseEntry> Of(IReadOnlyCollection<ChronicleStep> steps)
    {
        var acquisitions = steps.Where(step => step.Kind == StepKinds.Acquisition).OrderBy(step => step.StartedAt).ThenBy(step => step.EndedAt).ThenBy(step => step.Id).Select(Acquisition.Of).ToList();
        return [.. acquisitions.Select((acquisition, i) =>
        {
            var here = acquisitions.Take(i).Where(acquisition.MayOverlap).Append(acquisition).ToList();
            return new DoseEntry(acquisition, acquisition.FluencePerM2 * SquareAngstrom, here.Sum(other => other.FluencePerM2 ?? 0) * SquareAngstrom, here.Any(other => other.FluencePerM2 is null), Sitting.Of(acquisition.Step, steps)?.Si("beam-energy") / KiloelectronVolt);
        })];
    }
}

using CryoHub.Platform.Limits;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>Everything that the record of a sample's steps adds up to.</summary>
/// <param name="Steps">In the order of time, from the cell on.</param>
/// <param name="Exposure">Oxygen and water, ppm × minutes.</param>
/// <param name="IsExposureLowerBound">True where a step has no record.</param>
/// <param name="Ages">How long before its last step it was plated, taken out of its cell, lifted out.</param>
/// <param name="Temperature">The trail since assembly.</param>
/// <param name="Dose">Electrons per place.</param>
/// <param name="MostPerA2">Largest fluence that any place has taken, electrons per square ångström.</param>
/// <param name="Exceeded">Phases whose critical fluence that is beyond, the least robust first.</param>
/// <param name="Gassed">Limits of oxygen and water for the specimen's metal that the exposure is beyond.</param>
/// <param name="Fluences">The critical fluences that hold in the lab.</param>
/// <param name="Method">The methods paragraph and what is missing in it.</param>
public sealed record SampleLedgers(
    IReadOnlyList<ChronicleStep> Steps, IReadOnlyList<ExposureEntry> Exposure, bool IsExposureLowerBound, IReadOnlyList<SpecimenAge> Ages, IReadOnlyList<TemperatureEntry> Temperature,
    IReadOnlyList<DoseEntry> Dose, double MostPerA2, IReadOnlyList<CriticalFluence> Exceeded, IReadOnlyList<GasLimit> Gassed, IReadOnlyList<CriticalFluence> Fluences, MethodCard Method)
{
    /// <summary>The metal is what the cell's record calls its working electrode, else <paramref name="metal"/>.</summary>
    public static SampleLedgers Of(IReadOnlyList<ChronicleStep> steps, LimitSet limits, string metal)
    {
        var exposure = ExposureLedger.Of(steps);
        var dose = DoseLedger.Of(steps);
        var worst = dose.MaxBy(entry => entry.SumPerA2);
        var most = worst?.SumPerA2 ?? 0;
        var electrode = steps.FirstOrDefault(step => step.Kind == StepKinds.Cell)?.Text("electrode") ?? metal;
        var gassed = limits.Gases.Where(limit => string.Equals(limit.Metal, electrode, StringComparison.OrdinalIgnoreCase) && (limit.Kind == LimitKind.Oxygen ? exposure.OxygenPpmMin : exposure.WaterPpmMin) > limit.PpmMin);
        return new(
            steps, exposure.Entries, exposure.IsLowerBound, exposure.Ages, TemperatureTrail.Of(steps, limits.Colds), dose, most, CriticalFluence.ExceededBy(most, limits.Fluences, worst?.BeamKeV), [.. gassed], limits.Fluences, MethodCard.Of(steps));
    }
}

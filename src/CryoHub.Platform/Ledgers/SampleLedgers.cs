namespace CryoHub.Platform.Ledgers;

/// <summary>Everything that the record of a sample's steps adds up to.</summary>
/// <param name="Steps">In the order of time, from the cell on.</param>
/// <param name="Exposure">Oxygen and water, ppm × minutes.</param>
/// <param name="IsExposureLowerBound">True where a step has no record.</param>
/// <param name="Temperature">The trail since assembly.</param>
/// <param name="Dose">Electrons per place.</param>
/// <param name="MostPerA2">Largest fluence that any place has taken, electrons per square ångström.</param>
/// <param name="Exceeded">Phases whose critical fluence that is beyond, the least robust first.</param>
/// <param name="Method">The methods paragraph and what is missing in it.</param>
public sealed record SampleLedgers(
    IReadOnlyList<ChronicleStep> Steps, IReadOnlyList<ExposureEntry> Exposure, bool IsExposureLowerBound, IReadOnlyList<TemperatureEntry> Temperature,
    IReadOnlyList<DoseEntry> Dose, double MostPerA2, IReadOnlyList<CriticalFluence> Exceeded, MethodCard Method)
{
    public static SampleLedgers Of(IReadOnlyList<ChronicleStep> steps)
    {
        var exposure = ExposureLedger.Of(steps);
        var dose = DoseLedger.Of(steps);
        var most = dose.Select(entry => entry.SumPerA2).DefaultIfEmpty().Max();
        return new(
            steps, exposure.Entries, exposure.IsLowerBound, TemperatureTrail.Of(steps, ColdLimit.Known), dose, most, CriticalFluence.ExceededBy(most, CriticalFluence.Reported), MethodCard.Of(steps));
    }
}

using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>A step as ledgers see it: corrected values where it was corrected.</summary>
/// <param name="Sample">Name of the sample it happened to.</param>
/// <param name="Made">Names of what it made.</param>
/// <param name="Datasets">How many data sets belong to it.</param>
public sealed record ChronicleStep(
    Guid Id, string Kind, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Person, string Place, string Device, string Deviation,
    IReadOnlyDictionary<string, StepValue> Values, string Sample, IReadOnlyList<string> Made, int Datasets, bool IsSigned)
{
    public string Title => StepKinds.Find(Kind)?.Title ?? Kind;

    public TimeSpan Duration => EndedAt - StartedAt;

    /// <summary>A quantity in SI; <c>null</c> where it was not recorded.</summary>
    public double? Si(string key) => Values.GetValueOrDefault(key)?.Si;

    public string? Text(string key) => Values.GetValueOrDefault(key)?.Typed;
}

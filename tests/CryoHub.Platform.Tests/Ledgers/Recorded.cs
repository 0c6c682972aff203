using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Tests.Ledgers;

/// <summary>Steps as a person would have typed them, without a database.</summary>
internal static class Recorded
{
    public static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    public static ChronicleStep Step(string kind, double startMinute, double minutes, params (string Key, string Typed)[] values) => new(
        Guid.CreateVersion7(), kind, Then.AddMinutes(startMinute), Then.AddMinutes(startMinute + minutes), "", "", "", "",
        StepValues.Read(StepKinds.Find(kind)!, values.ToDictionary(value => value.Key, value => value.Typed)), "S", [], 0, false);
}

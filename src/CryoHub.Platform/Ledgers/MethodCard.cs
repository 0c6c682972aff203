using System.Globalization;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Ledgers;

/// <summary>The methods paragraph of a sample or image, written from the record, with what is missing in it.</summary>
/// <param name="Sentences">In the order of time.</param>
/// <param name="Missing">What the record does not say.</param>
/// <param name="Percent">Recorded facts among those that another lab would need, rounded down.</param>
public sealed record MethodCard(IReadOnlyList<string> Sentences, IReadOnlyList<MissingFact> Missing, int Percent)
{
    /// <summary>With which samples it was made to be compared, one sentence each.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Steps without which no image of an electrode can be repeated.</summary>
    private static readonly string[] Expected = [StepKinds.Cell, StepKinds.Cycling, StepKinds.Disassembly, StepKinds.Session];

    /// <param name="steps">In the order of time.</param>
    /// <param name="isImage">The card is one image's: how it was taken is asked for too.</param>
    public static MethodCard Of(IReadOnlyList<ChronicleStep> steps, bool isImage = false)
    {
        var missing = new List<MissingFact>();
        var asked = 0;
        foreach (var kind in Expected.Concat(isImage ? [StepKinds.Acquisition] : []))
        {
            asked++;
            if (steps.All(step => step.Kind != kind))
            {
                missing.Add(new(null, StepKinds.Find(kind)!.Title, ""));
            }
        }

        foreach (var step in steps)
        {
            var needed = NeededIn(step, steps);
            asked += needed.Count;
            missing.AddRange(needed.Where(field => !step.Values.ContainsKey(field.Key)).Select(field => new MissingFact(step.Id, step.Title, field.Label)));
        }

        return new([.. steps.Select(Sentence)], missing, 100 * (asked - missing.Count) / asked);
    }

    /// <summary>Key fields of the kind; oxygen and water where the opened cell lay in gas; a temperature once the specimen is frozen.</summary>
    private static List<StepField> NeededIn(ChronicleStep step, IReadOnlyList<ChronicleStep> steps)
    {
        var needed = StepKinds.Find(step.Kind)?.Fields.Where(field => field.IsKey && !IsToldOtherwise(step, field)).ToList() ?? [];
        if (step.Kind == StepKinds.Disassembly)
        {
            needed.AddRange([CommonFields.Gas, CommonFields.Oxygen, CommonFields.Water]);
        }

        var frozen = steps.Where(other => other.Kind == StepKinds.Vitrification).Select(other => (DateTimeOffset?)other.EndedAt).FirstOrDefault();
        if (frozen is { } since && step.StartedAt >= since && step.Duration > TimeSpan.Zero && step.Kind != StepKinds.Acquisition)
        {
            needed.Add(CommonFields.Warmest);
        }

        return needed;
    }

    /// <summary>True for a fluence that dose rate and time, or probe current and dwell, tell.</summary>
    private static bool IsToldOtherwise(ChronicleStep step, StepField field) => field.Key == "fluence" && !step.Values.ContainsKey(field.Key) && Acquisition.Of(step).FluencePerM2 is not null;

    private static string Sentence(ChronicleStep step)
    {
        var facts = (StepKinds.Find(step.Kind)?.Fields ?? []).Where(field => step.Values.ContainsKey(field.Key)).Select(field => Fact(field, step.Values[field.Key])).ToList();
        var device = step.Device.Length > 0 ? $", {step.Device}" : "";
        var place = step.Place.Length > 0 ? $", {step.Place}" : "";
        var time = step.Duration > TimeSpan.Zero ? $", {Words(step.Duration)}" : "";
        var deviation = step.Deviation.Length > 0 ? $" Deviation: {step.Deviation.TrimEnd('.')}." : "";
        return $"{step.Title} ({step.StartedAt.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)}{device}{place}{time}){(facts.Count > 0 ? $": {string.Join("; ", facts)}" : "")}.{deviation}";
    }

    private static string Fact(StepField field, StepValue value) =>
        $"{char.ToLowerInvariant(field.Label[0])}{field.Label[1..]} {(field is { Kind: FieldKind.Quantity, Dimension: { } dimension } && value.Si is { } si ? new Quantity(si, value.Typed).Show(Units.Of(dimension, field.Unit)) : value.Typed)}";

    private static string Words(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => $"{time.TotalSeconds:0} s",
        { TotalHours: < 3 } => $"{time.TotalMinutes:0} min",
        { TotalDays: < 3 } => $"{time.TotalHours:0.#} h",
        _ => $"{time.TotalDays:0.#} d",
    };
}

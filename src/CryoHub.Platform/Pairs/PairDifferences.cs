using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Pairs;

/// <summary>Compares what is recorded of two samples. Steps that both have undergone together tell nothing apart.</summary>
public static class PairDifferences
{
    /// <summary>In the order in which an image comes about.</summary>
    public static IReadOnlyList<PairDifference> Of(IReadOnlyList<ChronicleStep> control, IReadOnlyList<ChronicleStep> treated)
    {
        var (first, second) = (Own(control, treated), Own(treated, control));
        var kinds = first.Concat(second).Select(step => step.Kind).Distinct().OrderBy(Place).ToList();
        return [.. kinds.SelectMany(kind => OfKind(kind, [.. first.Where(step => step.Kind == kind)], [.. second.Where(step => step.Kind == kind)]))];
    }

    /// <summary>Whether the record shows a difference in what the pair is about.</summary>
    public static bool Shows(IReadOnlyList<PairDifference> differences, PairFactor factor) => KindOf(factor) is { } kind ? differences.Any(difference => difference.Kind == kind) : differences.Count > 0;

    private static string? KindOf(PairFactor factor) => factor switch
    {
        PairFactor.Wash => "wash",
        PairFactor.Freezing => StepKinds.Vitrification,
        PairFactor.Milling => StepKinds.Milling,
        PairFactor.Transfer => StepKinds.Transfer,
        PairFactor.Storage => "storage",
        PairFactor.Dose => StepKinds.Acquisition,
        _ => null,
    };

    private static List<ChronicleStep> Own(IReadOnlyList<ChronicleStep> steps, IReadOnlyList<ChronicleStep> others) => [.. steps.ExceptBy(others.Select(step => step.Id), step => step.Id)];

    private static int Place(string kind) => StepKinds.All.Select(known => known.Key).TakeWhile(key => key != kind).Count();

    private static IEnumerable<PairDifference> OfKind(string kind, List<ChronicleStep> control, List<ChronicleStep> treated)
    {
        var title = StepLog.Title(kind);
        if (control.Count != treated.Count)
        {
            yield return new(kind, title, "", Count(control), Count(treated));
        }

        if (control.Count == 0 || treated.Count == 0)
        {
            yield break;
        }

        foreach (var field in StepKinds.Find(kind)?.Fields ?? [])
        {
            var (one, other) = (Values(control, field), Values(treated, field));
            if (one.Count != other.Count || !one.Zip(other).All(pair => IsSame(pair.First, pair.Second)))
            {
                yield return new(kind, title, field.Label, Words(one), Words(other));
            }
        }
    }

    private static string Count(List<ChronicleStep> steps) => steps.Count switch { 0 => "none", 1 => "once", var count => $"{count} times" };

    private static List<StepValue> Values(List<ChronicleStep> steps, StepField field) => [.. steps.Select(step => step.Values.GetValueOrDefault(field.Key)).OfType<StepValue>()];

    /// <summary>Quantities are the same to a millionth, as 1 min is 60 s and −150 °C is 123.15 K whatever their last digits.</summary>
    private static bool IsSame(StepValue a, StepValue b) => a.Si is { } x && b.Si is { } y ? Math.Abs(x - y) <= 1e-6 * Math.Max(Math.Abs(x), Math.Abs(y)) : a.Typed == b.Typed;

    private static string Words(List<StepValue> values) => string.Join(", ", values.Select(value => value.Typed));
}

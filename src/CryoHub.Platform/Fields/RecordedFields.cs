using CryoHub.Imaging;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Fields;

/// <summary>Every field that a table of data sets can show; names of results' numbers come on top, as <c>value.NAME</c>.</summary>
public static class RecordedFields
{
    public const string Name = "dataset.name";
    public const string ValuePrefix = "value.";

    private const string OfDataset = "Data set";
    private const string OfSample = "Sample";

    public static IReadOnlyList<RecordedField> All { get; } =
    [
        new(Name, OfDataset, "Name", "", false),
        new("dataset.project", OfDataset, "Project", "", false),
        new("dataset.kind", OfDataset, "Kind", "", false),
        new("dataset.format", OfDataset, "Format", "", false),
        new("dataset.elements", OfDataset, "Elements", "", false),
        new("dataset.beam-energy", OfDataset, "Beam energy in the file", "keV", true),
        new("dataset.size", OfDataset, "Size", "MB", true),
        new("dataset.acquired", OfDataset, "Acquired", "", false),
        new("dataset.ground-truth", OfDataset, "Ground truth", "", false),
        new("dataset.received", OfDataset, "Received", "", false),
        new("sample.name", OfSample, "Sample", "", false),
        new("sample.kind", OfSample, "Kind of sample", "", false),
        new("sample.metal", OfSample, "Metal", "", false),
        new("sample.cell", OfSample, "Cell", "", false),
        .. StepKinds.All.SelectMany(kind => kind.Fields.Select(field => new RecordedField(
            $"{kind.Key}.{field.Key}", kind.Title, $"{kind.Title}: {char.ToLowerInvariant(field.Label[0])}{field.Label[1..]}", field.Kind == FieldKind.Quantity ? field.Unit : "", field.Kind == FieldKind.Quantity)
        {
            Dimension = field.Dimension,
        })),
    ];

    private static readonly Dictionary<string, RecordedField> ByKey = All.ToDictionary(field => field.Key);

    /// <exception cref="ProblemException">Invalid: there is no such field.</exception>
    public static RecordedField Of(string key) =>
        ByKey.GetValueOrDefault(key)
        ?? (key.Length is > 6 and <= 206 && key.StartsWith(ValuePrefix, StringComparison.Ordinal)
            ? new RecordedField(key, "Results", key[ValuePrefix.Length..], "", true)
            : throw new ProblemException(ProblemKind.Invalid, $"“{key}” is no recorded field; fields are listed under /api/fields, and value.NAME is a number of a result."));
}

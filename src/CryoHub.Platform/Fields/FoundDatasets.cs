using System.Globalization;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Fields;

/// <summary>The data sets that a question found, and what their cells are read from.</summary>
internal sealed class FoundDatasets(Guid[] projects, SampleLines lines, MeasuredValues values, Dictionary<Guid, string> cells)
{
    /// <summary>So many data sets are asked for by their samples; for more, all steps of the projects are read at once.</summary>
    private const int Few = 500;

    public MeasuredValues Values => values;

    /// <summary>In order.</summary>
    public IReadOnlyList<FoundRow> Rows { get; set; } = [];

    /// <summary>Some of the rows with their columns.</summary>
    public async Task<IReadOnlyList<FieldRow>> RowsAsync(CryoHubDb db, AskedFields asked, IReadOnlyList<FoundRow> some, CancellationToken ct)
    {
        var steps = some.Count > Few
            ? await RecordedSteps.ReadAsync(db, lines, projects, asked.ColumnKinds, ct)
            : await RecordedSteps.OfAsync(db, lines, projects, asked.ColumnKinds, [.. some.Select(row => row.Dataset.Id)], some.Select(row => row.Dataset.SampleId).OfType<Guid>(), ct);
        return
        [
            .. some.Select(row => new FieldRow(
                row.Dataset.Id, row.Dataset.Name, [.. asked.Columns.Select(column => Cell(row.Dataset, column, steps))], row.Group, row.Dataset.SampleId is { } sample ? lines.Of(sample)[^1] : null)),
        ];
    }

    public FieldCell? Cell(FoundDataset dataset, RecordedField field, RecordedSteps steps)
    {
        if (field.Key.StartsWith(RecordedFields.ValuePrefix, StringComparison.Ordinal))
        {
            return Values.Of(dataset.Id, field.Key[RecordedFields.ValuePrefix.Length..]);
        }

        return field.Key switch
        {
            RecordedFields.Name => new(dataset.Name),
            "dataset.project" => new(dataset.Project),
            "dataset.kind" => Words(dataset.Kind),
            "dataset.format" => Words(dataset.Format),
            "dataset.elements" => Words(string.Join(' ', dataset.Elements)),
            "dataset.beam-energy" => dataset.BeamEnergyKeV is { } energy ? new(energy.ToString("0.###", CultureInfo.InvariantCulture), energy) : null,
            "dataset.size" => new((dataset.SizeBytes / 1e6).ToString("0.###", CultureInfo.InvariantCulture), dataset.SizeBytes / 1e6),
            "dataset.acquired" => dataset.AcquiredAt is { } at ? Words(Minute(at)) : null,
            "dataset.ground-truth" => dataset.IsTruth ? new("yes") : null,
            "dataset.received" => Words(Minute(dataset.CreatedAt)),
            "sample.name" => Words(dataset.SampleName ?? ""),
            "sample.kind" => dataset.SampleKind is { } kind ? Words(kind.ToString()) : null,
            "sample.metal" => Words(dataset.Metal ?? ""),
            "sample.cell" => dataset.SampleId is { } sample ? lines.Of(sample).Select(link => cells.GetValueOrDefault(link)).LastOrDefault(name => name is not null) is { } cell ? new(cell) : null : null,
            _ => OfStep(dataset, field, steps),
        };
    }

    private static FieldCell? OfStep(FoundDataset dataset, RecordedField field, RecordedSteps steps)
    {
        var dot = field.Key.IndexOf('.', StringComparison.Ordinal);
        var kind = StepKinds.Find(field.Key[..dot])!;
        return steps.Of(dataset.Id, dataset.SampleId, kind, kind.Field(field.Key[(dot + 1)..])!);
    }

    private static FieldCell? Words(string text) => text.Length > 0 ? new(text) : null;

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

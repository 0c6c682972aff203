using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Fields;

/// <summary>
/// Data sets with whatever was recorded on their way as columns, filters, groups and order. Nothing is copied: a question reads the asked kinds of steps of the projects in scope once and follows
/// each sample's line in memory, so a corrected step shows at once and no index of inherited values can go stale.
/// </summary>
public sealed class FieldTable(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Data sets in scope that one table takes; a lab's usual few thousand are far below it.</summary>
    public const int MostDatasets = 50_000;

    private static readonly string[] Usual = ["dataset.kind", "sample.name", "sample.metal", "wash.interphase", "mounting.material", "session.beam-energy", "acquisition.mode"];

    /// <exception cref="ProblemException">Invalid, with what is wrong about a field or a filter; or more data sets than <see cref="MostDatasets"/>.</exception>
    public async Task<FieldPage> ReadAsync(Guid userId, FieldQuery query, PageRequest page, CancellationToken ct)
    {
        var asked = new Asked(query);
        var (rows, values) = await RowsAsync(userId, query, asked, ct);
        var groups = asked.Group is null ? [] : rows.GroupBy(row => row.Group).Select(group => new FieldGroup(group.Key, group.Count())).ToList();
        return new FieldPage([.. asked.Columns.Select(values.WithUnit)], [.. rows.Skip(page.Skip).Take(page.Take)], groups, rows.Count, page.Skip, page.Take);
    }

    /// <summary>All rows as comma-separated values, with units in the headings.</summary>
    public async Task<string> CsvAsync(Guid userId, FieldQuery query, CancellationToken ct)
    {
        var asked = new Asked(query);
        var (rows, values) = await RowsAsync(userId, query, asked, ct);
        var headings = asked.Columns.Select(values.WithUnit).Select(column => column.Unit.Length > 0 ? $"{column.Title} ({column.Unit})" : column.Title);
        return CsvText.Line([.. asked.Group is { } group ? [group.Title] : Array.Empty<string>(), "Data set", .. headings])
            + string.Concat(rows.Select(row => CsvText.Line([.. asked.Group is null ? Array.Empty<object?>() : [row.Group], row.Name, .. row.Cells.Select(cell => cell?.Number ?? (object?)cell?.Text)])));
    }

    /// <summary>Names of numbers that results in scope hold, the most frequent first, up to 200.</summary>
    internal async Task<IReadOnlyList<string>> NumbersAsync(Guid userId, FieldQuery query, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Results.VisibleTo(userId).Where(r => (query.ProjectId == null || r.ProjectId == query.ProjectId) && (query.LabId == null || r.Project.LabId == query.LabId))
            .SelectMany(r => r.Items).Where(i => i.Kind == ResultKind.Number).GroupBy(i => i.Name).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key).Take(200).ToListAsync(ct);
    }

    /// <summary>All rows without pages, and the columns with the units of their cells.</summary>
    internal async Task<(List<FieldRow> Rows, IReadOnlyList<RecordedField> Columns)> AllAsync(Guid userId, FieldQuery query, CancellationToken ct)
    {
        var asked = new Asked(query);
        var (rows, values) = await RowsAsync(userId, query, asked, ct);
        return (rows, [.. asked.Columns.Select(values.WithUnit)]);
    }

    private async Task<(List<FieldRow> Rows, MeasuredValues Values)> RowsAsync(Guid userId, FieldQuery query, Asked asked, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var projects = await db.Projects.VisibleTo(userId).Where(p => (query.ProjectId == null || p.Id == query.ProjectId) && (query.LabId == null || p.LabId == query.LabId)).Select(p => p.Id).ToArrayAsync(ct);
        var datasets = await db.Datasets.Where(d => projects.Contains(d.ProjectId) && d.DeletedAt == null && d.Status != DatasetStatus.Receiving && d.ResultId == null)
            .OrderBy(d => d.Id).Select(d => new Known(
                d.Id, d.Name, d.Project.Name, d.Kind, d.Format, d.Elements, d.BeamEnergyKeV, d.SizeBytes, d.AcquiredAt, d.CreatedAt, d.SampleId, d.Sample!.Name, d.Sample!.Kind, d.Sample!.Metal))
            .Take(MostDatasets + 1).ToListAsync(ct);
        if (datasets.Count > MostDatasets)
        {
            throw new ProblemException(ProblemKind.Invalid, $"More than {MostDatasets} data sets are in scope; choose a lab or a project.");
        }

        var steps = await RecordedSteps.ReadAsync(db, projects, asked.Kinds, ct);
        var values = await MeasuredValues.ReadAsync(db, userId, projects, [.. asked.Values], ct);
        var cells = asked.HasCell ? await db.Samples.Where(s => projects.Contains(s.ProjectId) && s.Kind == SampleKind.Cell && s.DeletedAt == null).ToDictionaryAsync(s => s.Id, s => s.Name, ct) : [];
        var found = datasets
            .Select(dataset => (Dataset: dataset, Read: new Func<RecordedField, FieldCell?>(field => Cell(dataset, field, steps, values, cells))))
            .Where(row => asked.Filters.All(filter => filter.Fits(row.Read(filter.Field))))
            .Select(row => (row.Dataset, Row: new FieldRow(row.Dataset.Id, row.Dataset.Name, [.. asked.Columns.Select(row.Read)], asked.Group is { } group ? row.Read(group)?.Text ?? "" : "", row.Dataset.SampleId is { } sample ? steps.Line(sample)[^1] : null), Key: row.Read(asked.Sort)))
            .OrderBy(row => row.Row.Group.Length == 0).ThenBy(row => row.Row.Group, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Key is null);   // what is missing comes last
        List<FieldRow> rows =
        [
            .. (query.Descending
                ? found.ThenByDescending(row => row.Key?.Number).ThenByDescending(row => row.Key?.Text, StringComparer.OrdinalIgnoreCase)
                : found.ThenBy(row => row.Key?.Number).ThenBy(row => row.Key?.Text, StringComparer.OrdinalIgnoreCase)).ThenBy(row => row.Dataset.Id).Select(row => row.Row),
        ];
        return (rows, values);
    }

    private static FieldCell? Cell(Known dataset, RecordedField field, RecordedSteps steps, MeasuredValues values, Dictionary<Guid, string> cells)
    {
        if (field.Key.StartsWith(RecordedFields.ValuePrefix, StringComparison.Ordinal))
        {
            return values.Of(dataset.Id, field.Key[RecordedFields.ValuePrefix.Length..]);
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
            "dataset.received" => Words(Minute(dataset.CreatedAt)),
            "sample.name" => Words(dataset.SampleName ?? ""),
            "sample.kind" => dataset.SampleKind is { } kind ? Words(kind.ToString()) : null,
            "sample.metal" => Words(dataset.Metal ?? ""),
            "sample.cell" => dataset.SampleId is { } sample ? steps.Line(sample).Select(link => cells.GetValueOrDefault(link)).LastOrDefault(name => name is not null) is { } cell ? new(cell) : null : null,
            _ => OfStep(dataset, field, steps),
        };
    }

    private static FieldCell? OfStep(Known dataset, RecordedField field, RecordedSteps steps)
    {
        var dot = field.Key.IndexOf('.', StringComparison.Ordinal);
        var kind = StepKinds.Find(field.Key[..dot])!;
        return steps.Of(dataset.Id, dataset.SampleId, kind, kind.Field(field.Key[(dot + 1)..])!);
    }

    private static FieldCell? Words(string text) => text.Length > 0 ? new(text) : null;

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed record Known(
        Guid Id, string Name, string Project, string Kind, string Format, string[] Elements, double? BeamEnergyKeV, long SizeBytes, DateTimeOffset? AcquiredAt, DateTimeOffset CreatedAt,
        Guid? SampleId, string? SampleName, SampleKind? SampleKind, string? Metal);

    /// <summary>The question, read and checked.</summary>
    private sealed class Asked
    {
        private const int MostFields = 40;

        public Asked(FieldQuery query)
        {
            if (query.Columns.Count + query.Filters.Count > MostFields)
            {
                throw new ProblemException(ProblemKind.Invalid, $"{query.Columns.Count} columns and {query.Filters.Count} filters; {MostFields} together are the limit.");
            }

            Columns = [.. (query.Columns.Count > 0 ? query.Columns : Usual).Distinct().Select(RecordedFields.Of)];
            Filters = [.. query.Filters.Select(FieldFilter.Parse)];
            Group = string.IsNullOrEmpty(query.Group) ? null : RecordedFields.Of(query.Group);
            Sort = RecordedFields.Of(string.IsNullOrEmpty(query.Sort) ? RecordedFields.Name : query.Sort);
        }

        public IReadOnlyList<RecordedField> Columns { get; }

        public IReadOnlyList<FieldFilter> Filters { get; }

        public RecordedField? Group { get; }

        public RecordedField Sort { get; }

        public bool HasCell => Keys.Contains("sample.cell");

        public IEnumerable<string> Values => Keys.Where(key => key.StartsWith(RecordedFields.ValuePrefix, StringComparison.Ordinal)).Select(key => key[RecordedFields.ValuePrefix.Length..]).Distinct();

        /// <summary>Kinds of steps that the question reads.</summary>
        public IReadOnlyCollection<string> Kinds => [.. Keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).Where(kind => StepKinds.Find(kind) is not null).Distinct()];

        private IEnumerable<string> Keys => Columns.Select(column => column.Key).Concat(Filters.Select(filter => filter.Field.Key)).Append(Group?.Key ?? RecordedFields.Name).Append(Sort.Key);
    }
}

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
/// Data sets with whatever was recorded on their way as columns, filters, groups and order. Nothing is copied: a question reads the steps that its filters, group and order need of the projects in
/// scope, those of the other columns for the page's data sets only, and follows each sample's line in memory. So a corrected step shows at once and no index of inherited values can go stale.
/// </summary>
public sealed class FieldTable(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Data sets in scope that one table takes; a lab's usual few thousand are far below it.</summary>
    public const int MostDatasets = 50_000;

    /// <exception cref="ProblemException">Invalid, with what is wrong about a field or a filter; or more data sets than <see cref="MostDatasets"/>.</exception>
    public async Task<FieldPage> ReadAsync(Guid userId, FieldQuery query, PageRequest page, CancellationToken ct)
    {
        var asked = new AskedFields(query);
        await using var db = await dbs.ForAsync(userId, ct);
        var found = await FindAsync(db, userId, query, asked, ct);
        var groups = asked.Group is null ? [] : found.Rows.GroupBy(row => row.Group).Select(group => new FieldGroup(group.Key, group.Count())).ToList();
        var rows = await found.RowsAsync(db, asked, [.. found.Rows.Skip(page.Skip).Take(page.Take)], ct);
        return new FieldPage([.. asked.Columns.Select(found.Values.WithUnit)], rows, groups, found.Rows.Count, page.Skip, page.Take);
    }

    /// <summary>All rows as comma-separated values, with units in the headings.</summary>
    public async Task<string> CsvAsync(Guid userId, FieldQuery query, CancellationToken ct)
    {
        var asked = new AskedFields(query);
        var (rows, columns) = await AllAsync(userId, query, ct);
        var headings = columns.Select(column => column.Unit.Length > 0 ? $"{column.Title} ({column.Unit})" : column.Title);
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
    internal async Task<(IReadOnlyList<FieldRow> Rows, IReadOnlyList<RecordedField> Columns)> AllAsync(Guid userId, FieldQuery query, CancellationToken ct)
    {
        var asked = new AskedFields(query);
        await using var db = await dbs.ForAsync(userId, ct);
        var found = await FindAsync(db, userId, query, asked, ct);
        return (await found.RowsAsync(db, asked, found.Rows, ct), [.. asked.Columns.Select(found.Values.WithUnit)]);
    }

    /// <summary>The data sets that fulfil the filters, in order.</summary>
    private static async Task<FoundDatasets> FindAsync(CryoHubDb db, Guid userId, FieldQuery query, AskedFields asked, CancellationToken ct)
    {
        var projects = await db.Projects.VisibleTo(userId).Where(p => (query.ProjectId == null || p.Id == query.ProjectId) && (query.LabId == null || p.LabId == query.LabId)).Select(p => p.Id).ToArrayAsync(ct);
        var datasets = await db.Datasets.Where(d => projects.Contains(d.ProjectId) && d.DeletedAt == null && d.Status != DatasetStatus.Receiving && d.ResultId == null)
            .OrderBy(d => d.Id).Select(d => new FoundDataset(
                d.Id, d.Name, d.Project.Name, d.Kind, d.Format, d.Elements, d.BeamEnergyKeV, d.SizeBytes, d.AcquiredAt, d.CreatedAt, d.TruthBy != null, d.SampleId, d.Sample!.Name, d.Sample!.Kind, d.Sample!.Metal))
            .Take(MostDatasets + 1).ToListAsync(ct);
        if (datasets.Count > MostDatasets)
        {
            throw new ProblemException(ProblemKind.Invalid, $"More than {MostDatasets} data sets are in scope; choose a lab or a project.");
        }

        var lines = await SampleLines.ReadAsync(db, projects, ct);
        var steps = await RecordedSteps.ReadAsync(db, lines, projects, asked.OrderingKinds, ct);
        var values = await MeasuredValues.ReadAsync(db, userId, projects, [.. asked.Values], ct);
        var cells = asked.HasCell ? await db.Samples.Where(s => projects.Contains(s.ProjectId) && s.Kind == SampleKind.Cell && s.DeletedAt == null).ToDictionaryAsync(s => s.Id, s => s.Name, ct) : [];
        var found = new FoundDatasets(projects, lines, values, cells);
        var rows = datasets.Where(dataset => asked.Filters.All(filter => filter.Fits(found.Cell(dataset, filter.Field, steps))))
            .Select(dataset => new FoundRow(dataset, asked.Group is { } group ? found.Cell(dataset, group, steps)?.Text ?? "" : "", found.Cell(dataset, asked.Sort, steps)))
            .OrderBy(row => row.Group.Length == 0).ThenBy(row => row.Group, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Key is null);   // what is missing comes last
        found.Rows =
        [
            .. (query.Descending
                ? rows.ThenByDescending(row => row.Key?.Number).ThenByDescending(row => row.Key?.Text, StringComparer.OrdinalIgnoreCase)
                : rows.ThenBy(row => row.Key?.Number).ThenBy(row => row.Key?.Text, StringComparer.OrdinalIgnoreCase)).ThenBy(row => row.Dataset.Id),
        ];
        return found;
    }
}

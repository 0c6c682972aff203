using System.Globalization;
using System.Text;
using System.Text.Json;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Results;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Crates;

/// <summary>The records of a crate as tables (RFC 4180), one line a record; ids join them.</summary>
internal static class CrateTables
{
    public static string Samples(CrateRecords records) => Table(
        "id,name,kind,metal,made from,notes,other fields,added at",
        records.Samples.Select(s => (object?[])[s.Id, s.Name, s.Kind.ToString().ToLowerInvariant(), s.Metal, s.ParentId, s.Notes, s.Fields.RootElement.GetRawText(), Time(s.CreatedAt)]));

    public static string Pairs(CrateRecords records) => Table(
        "id,factor,difference,control,treated",
        records.Pairs.Select(p => (object?[])[p.Id, p.Factor.ToString().ToLowerInvariant(), p.Difference, p.ControlId, p.TreatedId]));

    public static string Steps(CrateRecords records) => Table(
        "id,kind,title,began,ended,person,place,device,notes,deviation,corrects,signed at,happened to,made,data sets",
        records.Steps.Select(s => (object?[])
        [
            s.Id, s.Kind, StepLog.Title(s.Kind), Time(s.StartedAt), Time(s.EndedAt), s.Person, s.Place, s.Device, s.Notes, s.Deviation, s.CorrectsId, Time(s.SignedAt),
            Ids(s.Samples.Where(l => l.Role == StepRole.Subject).Select(l => l.SampleId)), Ids(s.Samples.Where(l => l.Role == StepRole.Product).Select(l => l.SampleId)), Ids(s.Datasets.Select(l => l.DatasetId)),
        ]));

    /// <summary>What was recorded in the fields of steps, as typed and in SI.</summary>
    public static string StepValues(CrateRecords records) => Table(
        "step,field,label,typed,SI value,SI unit",
        from step in records.Steps
        from value in Platform.Steps.StepValues.FromJson(step.Values)
        let field = StepKinds.Find(step.Kind)?.Field(value.Key)
        select (object?[])
        [
            step.Id, value.Key, field?.Label ?? value.Key, value.Value.Typed, value.Value.Si,
            value.Value.Si is not null && field?.Dimension is { } dimension ? Units.All.First(unit => unit.Dimension == dimension).Symbol : "",
        ]);

    public static string Datasets(CrateRecords records, CrateLayout layout) => Table(
        "id,name,kind,format,status,sample,session,acquired at,beam energy (keV),elements,notes,result,bytes,folder",
        records.Datasets.Select(d => (object?[])
        [
            d.Id, d.Name, d.Kind, d.Format, d.Status.ToString().ToLowerInvariant(), d.SampleId, d.Session, Time(d.AcquiredAt), d.BeamEnergyKeV, string.Join(' ', d.Elements), d.Notes, d.ResultId,
            d.Files.Sum(file => file.Size), Folder(d, layout),
        ]));

    public static string Signals(CrateRecords records) => Table(
        "data set,signal,name,kind,pixel type,unit,axes (slowest first: name; size; step; unit)",
        from dataset in records.Datasets
        from signal in dataset.Signals
        select (object?[])
        [
            dataset.Id, signal.Index, signal.Name, signal.Kind, signal.PixelType, signal.ValueUnit,
            string.Join(" | ", SignalJson.ReadAxes(signal.Axes).Select(axis => $"{axis.Name}; {axis.Size}; {(axis.Values is null ? axis.Step.ToString(CultureInfo.InvariantCulture) : "not linear")}; {axis.Unit}")),
        ]);

    public static string Results(IEnumerable<(ResultDetails Result, string Folder)> results) => Table(
        "id,title,analysis,version,software,made at,by,seconds,data sets,parameters,warnings,folder",
        from row in results
        let r = row.Result
        select (object?[])
        [
            r.Id, r.Title, r.Provenance.AnalysisKey, r.Provenance.AnalysisVersion, r.Provenance.SoftwareVersion, Time(r.CreatedAt), r.Provenance.SubmittedBy, r.Provenance.Seconds,
            Ids(r.Provenance.Inputs.Where(i => i.DatasetId is not null).Select(i => i.DatasetId!.Value)), r.Provenance.Parameters.GetRawText(), string.Join(' ', r.Warnings), row.Folder,
        ]);

    public static string Numbers(IEnumerable<(Guid Result, ResultItemRow Item)> numbers) => Table(
        "result,name,value,unit,uncertainty",
        numbers.Select(n => (object?[])[n.Result, n.Item.Name, Cell(n.Item.Content, "value"), Cell(n.Item.Content, "unit"), Cell(n.Item.Content, "uncertainty")]));

    /// <summary>A curve or table of a result; values that do not exist are empty. <c>null</c> for other items.</summary>
    public static string? OfItem(ResultItemRow item)
    {
        switch (item.Kind)
        {
            case ResultKind.Curve:
                var (x, y) = ($"x ({Cell(item.Content, "xUnit")})", $"y ({Cell(item.Content, "yUnit")})");
                return item.Content.TryGetProperty("error", out var error)
                    ? Columns([x, y, "error"], [item.Content.GetProperty("x"), item.Content.GetProperty("y"), error])
                    : Columns([x, y], [item.Content.GetProperty("x"), item.Content.GetProperty("y")]);
            case ResultKind.Table:
                var columns = item.Content.GetProperty("columns").EnumerateArray().ToList();
                return Columns(columns.Select(column => Cell(column, "unit") is string { Length: > 0 } unit ? $"{Cell(column, "name")} ({unit})" : Cell(column, "name")), [.. columns.Select(column => column.GetProperty("values"))]);
            default:
                return null;
        }
    }

    internal static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";

    private static string Columns(IEnumerable<object?> heading, IReadOnlyList<JsonElement> columns)
    {
        var text = new StringBuilder(CsvText.Line(heading));
        var rows = columns.Count == 0 ? 0 : columns.Min(column => column.GetArrayLength());
        var cells = columns.Select(column => column.EnumerateArray().ToArray()).ToArray();   // by index each access would count from the beginning
        for (var row = 0; row < rows; row++)
        {
            text.Append(CsvText.Line(cells.Select(column => Value(column[row]))));
        }

        return text.ToString();
    }

    private static string Table(string heading, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder(heading).Append('\n');
        foreach (var row in rows)
        {
            text.Append(CsvText.Line(row));
        }

        return text.ToString();
    }

    private static string? Folder(CrateDataset dataset, CrateLayout layout) =>
        dataset is { ResultId: { } result, ResultItem: { } item } ? layout.Groups.GetValueOrDefault((result, item)) : layout.Folders.GetValueOrDefault(dataset.Id);

    private static string Ids(IEnumerable<Guid> ids) => string.Join(' ', ids);

    private static object? Cell(JsonElement content, string name) => content.TryGetProperty(name, out var value) ? Value(value) : null;

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Null => null,
        _ => value.ToString(),
    };
}

using System.Globalization;
using System.Text.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Quantities;
using CryoHub.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Fields;

/// <summary>Numbers of results by the data sets that they were calculated from; of several the newest counts. One unit a name: the most frequent, into which others are converted.</summary>
internal sealed class MeasuredValues
{
    private readonly Dictionary<(Guid Dataset, string Name), FieldCell> newest = [];
    private readonly Dictionary<string, string> units = [];

    public static async Task<MeasuredValues> ReadAsync(CryoHubDb db, Guid userId, Guid[] projects, string[] names, CancellationToken ct)
    {
        var values = new MeasuredValues();
        var numbers = names.Length == 0 ? [] : (await db.Results.VisibleTo(userId).Where(r => projects.Contains(r.ProjectId)).OrderBy(r => r.CreatedAt)
            .SelectMany(r => r.Items.Where(i => i.Kind == ResultKind.Number && names.Contains(i.Name)), (r, i) => new { i.Name, i.Content, Inputs = r.Job.Inputs.Select(input => input.DatasetId).ToList() })
            .AsNoTracking().ToListAsync(ct)).Select(number => (number.Name, number.Inputs, Number: NumberOf(number.Content.RootElement), Unit: UnitOf(number.Content.RootElement))).ToList();
        foreach (var name in numbers.GroupBy(number => number.Name))
        {
            values.units[name.Key] = name.GroupBy(number => number.Unit).MaxBy(unit => unit.Count())!.Key;
        }

        foreach (var (name, inputs, number, unit) in numbers.Where(number => number.Number is not null))
        {
            var cell = Cell(number!.Value, unit, values.units[name]);
            inputs.ForEach(input => values.newest[(input, name)] = cell);
        }

        return values;
    }

    public FieldCell? Of(Guid datasetId, string name) => newest.GetValueOrDefault((datasetId, name));

    /// <summary>A field for a number, with the unit that its cells have.</summary>
    public RecordedField WithUnit(RecordedField field) =>
        field.Key.StartsWith(RecordedFields.ValuePrefix, StringComparison.Ordinal) ? field with { Unit = units.GetValueOrDefault(field.Key[RecordedFields.ValuePrefix.Length..], "") } : field;

    /// <summary>A number of another dimension stays in words: it cannot be compared.</summary>
    private static FieldCell Cell(double number, string unit, string wanted)
    {
        if (unit == wanted)
        {
            return new FieldCell(Shown(number), number);
        }

        return Units.Find(wanted, Dimension.Length) is { } to && Units.Find(unit, to.Dimension) is { } from && from.Dimension == to.Dimension
            && new Quantity((number * from.Factor) + from.Offset, "").In(to) is var converted
            ? new FieldCell(Shown(converted), converted)
            : new FieldCell($"{Shown(number)} {unit}".TrimEnd());
    }

    private static string Shown(double number) => number.ToString("G5", CultureInfo.InvariantCulture);

    private static double? NumberOf(JsonElement content) => content.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string UnitOf(JsonElement content) => content.TryGetProperty("unit", out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString()! : "";
}

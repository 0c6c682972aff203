using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Platform.Datasets;

namespace CryoHub.Worker.Jobs;

/// <summary>What the result page draws, as JSON; a number that is none becomes <c>null</c>.</summary>
internal static class ItemJson
{
    public static JsonObject Number(double value, string unit, double? uncertainty) =>
        new() { ["value"] = Leaf(value), ["unit"] = unit, ["uncertainty"] = uncertainty is { } u ? Leaf(u) : null };

    public static JsonObject Curve(ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error)
    {
        var curve = new JsonObject { ["x"] = Leaves(x), ["y"] = Leaves(y), ["xUnit"] = xUnit, ["yUnit"] = yUnit };
        if (!error.IsEmpty)
        {
            curve["error"] = Leaves(error);
        }

        return curve;
    }

    public static JsonObject Table(IReadOnlyList<Column> columns) => new()
    {
        ["columns"] = new JsonArray([.. columns.Select(column => new JsonObject
        {
            ["name"] = column.Name,
            ["unit"] = column.Unit,
            ["values"] = new JsonArray([.. column.Values.Select(Cell)]),
        })]),
    };

    public static JsonObject File(string mediaType, long size) => new() { ["mediaType"] = mediaType, ["size"] = size };

    public static JsonObject Signal(SignalHeader header, SignalSummary summary) => new()
    {
        ["kind"] = header.Kind.Key(),
        ["pixelType"] = header.Pixel.Name(),
        ["shape"] = new JsonArray([.. header.Shape.Select(size => (JsonNode)size)]),
        ["axes"] = JsonArray.Create(SignalJson.Axes(header).RootElement),
        ["statistics"] = JsonObject.Create(SignalJson.Statistics(summary).RootElement),
    };

    private static JsonNode? Cell(object value) => value switch
    {
        string text => text.Replace('\0', ' '),
        bool flag => flag,
        IConvertible number => Leaf(number.ToDouble(System.Globalization.CultureInfo.InvariantCulture)),
        _ => value.ToString(),
    };

    private static JsonArray Leaves(ReadOnlySpan<double> values)
    {
        var leaves = new JsonArray();
        foreach (var value in values)
        {
            leaves.Add(Leaf(value));
        }

        return leaves;
    }

    private static JsonNode? Leaf(double value) => double.IsFinite(value) ? value : null;
}

using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>In what a table, trace or point cloud differs from what an independent reader found: columns in order, each with its numbers to 1e-6.</summary>
internal static class TableComparer
{
    private const double Tolerance = 1e-6;

    public static async Task<List<string>> DifferencesAsync(ExpectedSignal expected, ISignal signal, CancellationToken ct)
    {
        List<string> found = [];
        if (expected.DataType == "table")
        {
            SignalComparer.Say(found, "shape", string.Join(" x ", expected.Shape), string.Join(" x ", signal.Header.Shape));
        }

        var isCurve = expected.DataType == "xy";
        var actual = await ColumnSummary.OfAsync(isCurve ? await TracedAsync(signal, ct) : signal, ct);
        SignalComparer.Say(found, "columns", expected.Columns.Count, actual.Count);
        foreach (var (column, index) in expected.Columns.Zip(actual).Select((pair, i) => (pair, i)))
        {
            Compare(found, column.First, isCurve ? column.Second with { Column = new SignalColumn(column.First["column"]!.ToString(), "") } : column.Second, index);
        }

        if (expected.Metadata["header"] is JsonObject header)
        {
            found.AddRange(DocumentComparer.MissingKeys(header, signal.Header));
        }

        return found;
    }

    /// <summary>A spectrum with its coordinates and values as two columns, which only a trace has.</summary>
    private static async Task<ISignal> TracedAsync(ISignal signal, CancellationToken ct)
    {
        if (signal.Header is not { Columns: null, Axes.Count: 1 })
        {
            return signal;
        }

        var bytes = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, bytes, ct);
        return new ArraySignal(signal.Header with { Kind = SignalKind.Trace }, bytes);
    }

    /// <summary>A character that the reference could not decode stands for any.</summary>
    private static bool IsSame(string expected, string actual) =>
        expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First == pair.Second || pair.First == '\uFFFD');

    private static void Compare(List<string> found, JsonObject expected, ColumnSummary actual, int index)
    {
        var what = $"column {index} ({expected["column"]})";
        if (expected["column"] is JsonValue name && name.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)name! is { Length: > 0 } stated
            && !IsSame(stated, actual.Column.Name))
        {
            SignalComparer.Say(found, $"{what} name", stated, actual.Column.Name);
        }

        if (actual.Column.Words is null || (long)expected["n"]! > 0)
        {
            SignalComparer.Say(found, $"{what} n", (long)expected["n"]!, actual.Count);
        }

        Number("min", actual.Min);
        Number("max", actual.Max);
        Number("mean", actual.Mean);
        Value("first", actual.First);
        Value("last", actual.Last);

        void Number(string key, double value)
        {
            if (expected[key] is JsonValue leaf && leaf.TryGetValue(out double number))
            {
                SignalComparer.SayNumber(found, $"{what} {key}", number, value, Tolerance * Math.Max(Math.Abs(number), 1e-300));
            }
        }

        void Value(string key, JsonNode? value)
        {
            if (expected[key] is not JsonValue leaf || leaf.ToString().Length == 0)
            {
                return;
            }

            // In a column of words and numbers (states 0, 1, R) a reference of numbers alone names the first number, ours is the first value: n, least, most and mean tell.
            if (actual.Column.Words is not null && leaf.GetValueKind() == System.Text.Json.JsonValueKind.Number && value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
            {
                return;
            }

            if (leaf.TryGetValue(out double number) && value is JsonValue present && present.TryGetValue(out double other))
            {
                SignalComparer.SayNumber(found, $"{what} {key}", number, other, Tolerance * Math.Abs(number));
            }
            else
            {
                SignalComparer.Say(found, $"{what} {key}", leaf.ToString(), value?.ToString() ?? "");
            }
        }
    }
}

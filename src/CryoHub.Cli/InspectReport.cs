using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;
using CryoHub.Imaging.Tables;

namespace CryoHub.Cli;

/// <summary>What <c>inspect</c> says of a file, as JSON or for a person.</summary>
internal sealed class InspectReport(string file, string format, string? sha256)
{
    private readonly JsonArray signals = [];

    public async Task AddAsync(int index, ISignal signal, bool statistics, CancellationToken ct)
    {
        var entry = SignalJson.Describe(index, signal.Header, await ColumnSummary.OfAsync(signal, ct));
        if (statistics && !signal.Header.Pixel.IsColour())
        {
            using var progress = new ProgressBar("Reading");
            entry["stats"] = Describe(await RunningStatistics.OfAsync(new WatchedSignal(signal, progress), ct));
        }

        signals.Add(entry);
    }

    public void Write(bool json)
    {
        if (json)
        {
            var document = new JsonObject { ["file"] = file, ["format"] = format };
            if (sha256 is not null)
            {
                document["sha256"] = sha256;
            }

            document["signals"] = signals;
            JsonOutput.Write(document);
            return;
        }

        Console.WriteLine($"{file}: {format}{(sha256 is null ? "" : $", SHA-256 {sha256}")}");
        foreach (var signal in signals.OfType<JsonObject>())
        {
            Print(signal);
        }
    }

    private static void Print(JsonObject signal)
    {
        Console.WriteLine($"\n[{signal["index"]}] {Plain(signal["name"])}: {signal["kind"]}, {string.Join(" x ", signal["shape"]!.AsArray())} {signal["dtype"]}");
        foreach (var axis in signal["axes"]!.AsArray())
        {
            var unit = (string?)axis!["units"] is { Length: > 0 } stated ? Plain(stated) : "(uncalibrated)";
            Console.WriteLine(axis["values"] is JsonArray { Count: > 0 } values
                ? $"    {axis["name"],-8} {axis["size"],8}   {values[0]} to {values[^1]} {unit}"
                : $"    {axis["name"],-8} {axis["size"],8}   step {axis["scale"]} from {axis["offset"]} {unit}");
        }

        foreach (var column in signal["columns"]?.AsArray() ?? [])
        {
            var range = column!["min"] is { } min ? $"{min} to {column["max"]}, mean {column["mean"]}" : $"{Plain(column["first"])} ... {Plain(column["last"])}";
            Console.WriteLine($"    {Plain(column["name"])}{((string?)column["unit"] is { Length: > 0 } unit ? $" ({Plain(unit)})" : "")}: {column["n"]} numbers, {range}");
        }

        if (signal["cell"] is JsonObject cell)
        {
            Console.WriteLine($"    {Plain(signal["spaceGroup"])}, {signal["sites"]!.AsArray().Count} sites, {string.Join(", ", cell.Select(edge => $"{edge.Key} {edge.Value}"))}");
        }

        foreach (var section in (string[])["metadata", "stats"])
        {
            foreach (var (key, value) in signal[section] as JsonObject ?? [])
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {key}: {(value is JsonArray list ? string.Join(", ", list.Select(Plain)) : Plain(value))}"));
            }
        }
    }

    /// <summary>Text from a file must not steer the terminal: control and direction characters are shown as a mark.</summary>
    private static string Plain(JsonNode? text) =>
        new([.. $"{text}".Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\uFFFD' : c)]);

    private static JsonObject Describe(RunningStatistics statistics)
    {
        var described = new JsonObject
        {
            ["min"] = MetadataTree.Leaf(statistics.Min),
            ["max"] = MetadataTree.Leaf(statistics.Max),
            ["mean"] = MetadataTree.Leaf(statistics.Mean),
            ["std"] = MetadataTree.Leaf(statistics.StandardDeviation),
        };
        if (statistics.NonFinite > 0)
        {
            described["nonFinite"] = statistics.NonFinite;
        }

        return described;
    }
}

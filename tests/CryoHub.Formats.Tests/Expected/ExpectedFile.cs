using System.Text.Json.Nodes;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>What independent readers found in one real file.</summary>
public sealed record ExpectedFile(string Name, bool IsFallback, bool DataMissing, IReadOnlyList<ExpectedSignal> Signals)
{
    public string Path => SharedData.PathOf(Name);

    /// <summary>Every dataset that h5py finds, of plain HDF5 files.</summary>
    public IReadOnlyList<JsonObject> Hdf5 { get; private init; } = [];

    /// <summary>Every folder that holds expected values.</summary>
    public static IEnumerable<string> Folders() =>
        Directory.EnumerateFiles(SharedData.PathOf("expected"), "*.json", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(SharedData.PathOf("expected"), System.IO.Path.GetDirectoryName(file)!)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Files of a folder for which expected values exist, as <c>folder/name</c>.</summary>
    public static IEnumerable<string> Of(string folder) =>
        Directory.EnumerateFiles(SharedData.PathOf($"expected/{folder}"), "*.json").Select(file => $"{folder}/{System.IO.Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal);

    public static ExpectedFile Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllBytes(SharedData.PathOf($"expected/{name}.json")))!;
        var isBytesOnly = (json["dtype"] as JsonValue)?.ToString() is "bytes" or "xml" or "packed experiment" or "<class 'NoneType'>";     // nobody has read the numbers, only the bytes
        var items = json["dtype"] is JsonValue kind && kind.ToString() == "hdf5" ? [] : Parsed(json) ?? json["items"] as JsonArray ?? [json.DeepClone()];
        var seconds = json["also_read_by"]?[0]?["items"] as JsonArray;
        var signals = items.Where(item => !IsEmptyCurve(item!)).Select((item, index) => Calibrated(ExpectedSignal.From(item!), seconds?.ElementAtOrDefault(index)));
        return new ExpectedFile((string)json["file"]!, (bool)json["is_fallback"]! || isBytesOnly, (bool?)json["data_missing"] ?? false, [.. signals])
        {
            Hdf5 = IsConverted(json) ? [] : [.. (json["hdf5_datasets"] as JsonArray ?? []).Select(dataset => dataset!.AsObject())],
        };
    }

    /// <summary>The data sets are those of a NeXus file that another program made of this one.</summary>
    private static bool IsConverted(JsonNode json) => ((string)json["reader"]!).Contains("reference NeXus", StringComparison.Ordinal);

    /// <summary>The head of a compound file, which has no points of its own.</summary>
    private static bool IsEmptyCurve(JsonNode item) => (item["dtype"] as JsonValue)?.ToString() == "xy" && item["shape"] is JsonArray { Count: 1 } shape && (long)shape[0]! == 0;

    /// <summary>Curves of a reader that gives its own objects: one item a spectrum, its coordinates and values as columns.</summary>
    private static JsonArray? Parsed(JsonNode json) => json["parsed"] is not JsonArray entries ? null
        : new JsonArray([.. entries.SelectMany(entry => entry!["spectra"]!.AsArray()).Select(spectrum => (JsonNode)new JsonObject
        {
            ["dtype"] = "xy",
            ["shape"] = new JsonArray(spectrum!["nbPoints"]!.DeepClone()),
            ["columns"] = new JsonArray(Column(spectrum, "x"), Column(spectrum, "y")),
        })]);

    private static JsonObject Column(JsonNode spectrum, string name)
    {
        var column = spectrum[name]!.DeepClone().AsObject();
        column["column"] = name;
        return column;
    }

    /// <summary>tifffile knows no calibration of the axes; the second reader, which does, stands for it.</summary>
    private static ExpectedSignal Calibrated(ExpectedSignal signal, JsonNode? second) =>
        signal.Axes.Any(axis => axis.Scale is not null) || second is null || ExpectedSignal.From(second) is not { } other || other.Axes.Count != signal.Axes.Count ? signal
            : signal with { Axes = other.Axes };
}

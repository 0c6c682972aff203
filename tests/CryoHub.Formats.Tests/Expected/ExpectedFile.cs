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
        var items = json["dtype"] is JsonValue kind && kind.ToString() == "hdf5" ? [] : json["items"] as JsonArray ?? [json.DeepClone()];
        return new ExpectedFile((string)json["file"]!, (bool)json["is_fallback"]!, (bool?)json["data_missing"] ?? false, [.. items.Select((item, index) => Calibrated(ExpectedSignal.From(item!), (json["also_read_by"]?[0]?["items"] as JsonArray)?.ElementAtOrDefault(index)))])
        {
            Hdf5 = [.. (json["hdf5_datasets"] as JsonArray ?? []).Select(dataset => dataset!.AsObject())],
        };
    }

    /// <summary>tifffile knows no calibration of the axes; the second reader, which does, stands for it.</summary>
    private static ExpectedSignal Calibrated(ExpectedSignal signal, JsonNode? second) =>
        signal.Axes.Any(axis => axis.Scale is not null) || second is null || ExpectedSignal.From(second) is not { } other || other.Axes.Count != signal.Axes.Count ? signal
            : signal with { Axes = other.Axes };
}

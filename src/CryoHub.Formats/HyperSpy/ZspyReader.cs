using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Zarr;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats.HyperSpy;

/// <summary>HyperSpy's tree as zarr version 2 in a zip file: at its root, or in the folder (or folders) that somebody packed.</summary>
public sealed class ZspyReader : IFormatReader
{
    private const int MostAxes = 32;

    public FormatInfo Format { get; } = new(
        "zspy", "HyperSpy (zarr)", [".zspy"],
        "every signal with its axes and metadata from a zip file of chunks, also from a zipped .zspy folder (blosc, Zstandard, zlib, gzip, bzip2, LZ4 or plain)",
        "ragged arrays; folders of chunks that are not zipped; other codecs and filters", "https://hyperspy.org/rosettasciio/file_specification/zspy.html");

    // 0: a zip archive; 30: the first member's name, which is the folder's where a folder was packed
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("PK\u0003\u0004"u8)
        && (fileName.EndsWith(".zspy", StringComparison.OrdinalIgnoreCase) || head.IndexOf("Experiments/.zgroup"u8) >= 0
            || head[..Math.Min(256, head.Length)].IndexOf(".zspy/"u8) >= 0)
            ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directory = await ZipDirectory.ReadAsync(file.Bytes, ct);

        // A document that is written again stands there again: the last one counts.
        var members = new Dictionary<string, ZipMember>();
        foreach (var member in directory.Members)
        {
            members[member.Name] = member;
        }

        var store = new ZspyStore(file.Bytes, directory, members);
        var signals = new List<ISignal>();
        var ragged = new List<string>();
        foreach (var path in members.Keys.Where(IsData).Order(StringComparer.Ordinal))
        {
            var experiment = path[..^"/data/.zarray".Length];
            if (await store.ArrayAsync($"{experiment}/data", ct) is { Layout.Count: > 0 } data)
            {
                signals.Add(await OpenAsync(store, experiment, data, ct));
            }
            else
            {
                ragged.Add(experiment);
            }
        }

        return signals.Count > 0 ? signals
            : throw ProblemException.Unreadable($"{file.Name} holds no array of numbers below Experiments{(ragged.Count > 0 ? $": {string.Join(", ", ragged)} are ragged or empty" : "")}.");
    }

    // Experiments/NAME/data/.zarray, or the same below folders
    private static bool IsData(string name) => name.EndsWith("/data/.zarray", StringComparison.Ordinal) && name.Split('/') is [.., "Experiments", _, _, _];

    private static async Task<BlockSignal> OpenAsync(ZspyStore store, string experiment, ZarrArray data, CancellationToken ct)
    {
        var original = HyperSpyNames.Decode(await store.TreeAsync(experiment, ct));
        var metadata = new HyperSpyMetadata(original["metadata"] as JsonObject ?? []);
        var shape = data.Layout.Shape;
        var stored = new List<JsonObject>();
        var values = new List<double[]?>();
        for (var i = 0; i < Math.Min(shape.Count, MostAxes); i++)
        {
            stored.Add(original[$"axis-{i}"] as JsonObject ?? []);
            values.Add(await store.ValuesAsync($"{experiment}/axis-{i}/axis", shape[i], ct));
        }

        var axes = HyperSpyAxes.Of(shape, stored, i => i < values.Count ? values[i] : null, metadata);
        var title = metadata.Title.Length > 0 ? metadata.Title : experiment[(experiment.LastIndexOf('/') + 1)..];
        var header = new SignalHeader(title, axes.Kind(metadata.SignalType), data.Layout.Pixel, axes.Axes, metadata.Acquisition, new MetadataTree(original));
        return new BlockSignal(header, shape, axes.Dimensions, 0, data.ReadAsync);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Dm5;

/// <summary>DigitalMicrograph's tag tree in HDF5: tags are attributes, groups are groups, pixels a dataset.</summary>
internal sealed class Dm5Dialect : IHdf5Dialect
{
    public FormatInfo Format { get; } = new(
        "dm5", "DigitalMicrograph 5 (HDF5)", [".dm5"],
        "images, stacks, spectra and spectrum images with calibrations and tags; the thumbnail is left out",
        "annotations", "https://www.gatan.com/products/tem-analysis/digitalmicrograph-software");

    public bool Knows(Hdf5File file, string fileName) => file.IsGroup("ImageList/[0]/ImageData");

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        var tags = Hdf5Tree.Of(file).Original;
        var thumbnails = (tags["Thumbnails"] as JsonObject ?? []).Select(pair => Whole((pair.Value as JsonObject)?["ImageIndex"])).ToHashSet();
        var original = new MetadataTree(tags);
        var signals = new List<ISignal>();
        foreach (var (name, value) in Sorted(tags["ImageList"] as JsonObject ?? []))
        {
            var image = $"ImageList/{name}/ImageData/Data";
            if (value is JsonObject entry && file.Dataset(image) is { Pixel: not null, Count: > 0 } pixels && !(thumbnails.Contains(Index(name)) && signals.Count == 0))
            {
                signals.AddRange(Dm5Signals.Of(file, pixels, Tags(entry), original, Path.GetFileNameWithoutExtension(source.Name)));
            }
        }

        return signals;
    }

    // Dimensions and calibrations are lists: [0], [1] ... [10] in the order of their numbers.
    private static DmImage Tags(JsonObject entry)
    {
        var copy = entry.DeepClone().AsObject();
        if (copy["ImageData"] is JsonObject data)
        {
            data["Dimensions"] = InOrder(data["Dimensions"] as JsonObject);
            if (data["Calibrations"] is JsonObject calibrations)
            {
                calibrations["Dimension"] = InOrder(calibrations["Dimension"] as JsonObject);
            }
        }

        return new DmImage(copy);
    }

    private static JsonObject InOrder(JsonObject? list) => new(Sorted(list ?? []).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Sorted(JsonObject list) => list.Where(pair => Index(pair.Key) >= 0).OrderBy(pair => Index(pair.Key)).ToList();

    private static long Index(string name) => name is ['[', .. var digits, ']'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private static long Whole(JsonNode? node) => DmImage.Real(node) is { } number and >= 0 and < 1e9 ? (long)number : -1;
}

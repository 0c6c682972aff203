using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>The tags of a page for the metadata tree: under the specification's names, or their numbers where it knows none.</summary>
internal static class TiffTagNames
{
    // Longer lists are strips, palettes and vendors' blocks; dialects show the latter in words.
    private const ulong LongestList = 64;
    private const ulong LongestText = 8192;

    private static readonly Dictionary<int, string> Names = new()
    {
        [254] = "NewSubfileType",
        [256] = "ImageWidth",
        [257] = "ImageLength",
        [258] = "BitsPerSample",
        [259] = "Compression",
        [262] = "PhotometricInterpretation",
        [266] = "FillOrder",
        [269] = "DocumentName",
        [270] = "ImageDescription",
        [271] = "Make",
        [272] = "Model",
        [273] = "StripOffsets",
        [274] = "Orientation",
        [277] = "SamplesPerPixel",
        [278] = "RowsPerStrip",
        [279] = "StripByteCounts",
        [282] = "XResolution",
        [283] = "YResolution",
        [284] = "PlanarConfiguration",
        [285] = "PageName",
        [296] = "ResolutionUnit",
        [297] = "PageNumber",
        [305] = "Software",
        [306] = "DateTime",
        [315] = "Artist",
        [316] = "HostComputer",
        [317] = "Predictor",
        [320] = "ColorMap",
        [322] = "TileWidth",
        [323] = "TileLength",
        [338] = "ExtraSamples",
        [339] = "SampleFormat",
        [33432] = "Copyright",
    };

    public static async Task<JsonObject> ReadAsync(TiffTags tags, CancellationToken ct)
    {
        var tree = new JsonObject();
        foreach (var tag in tags.Names)
        {
            var name = Names.GetValueOrDefault(tag) ?? tag.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (tags.IsText(tag) && tags.Count(tag) <= LongestText)
            {
                tree[name] = await tags.TextAsync(tag, ct);
            }
            else if (!tags.IsText(tag) && tags.Count(tag) <= LongestList)
            {
                var numbers = await tags.NumbersAsync(tag, ct);
                tree[name] = numbers is [var only] ? MetadataTree.Leaf(only) : new JsonArray([.. numbers.Select(MetadataTree.Leaf)]);
            }
        }

        return tree;
    }
}

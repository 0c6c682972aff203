using System.Text.Json;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Files of the Python library tifffile: the array's shape as JSON in the description.</summary>
internal sealed class ShapedDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await tags.TextAsync(270, ct);
        if (!text.StartsWith("{\"shape\":", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var sizes = JsonDocument.Parse(text).RootElement.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToList();
            var samples = await tags.LongAsync(277, 1, ct) > 1 ? 3 : 2;
            var leading = sizes.Take(Math.Max(0, sizes.Count - samples)).Select((size, index) => new Axis(index == 0 ? "frame" : $"frame {index + 1}", size, "", AxisRole.Frame)).ToList();
            return leading.TrueForAll(axis => axis.Size > 0) ? new TiffDescription("tifffile") { Leading = leading } : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;        // a description that only looks like the library's
        }
    }
}

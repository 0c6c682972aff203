using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>One entry of the file's image list.</summary>
internal sealed class DmImage(JsonObject tags)
{
    private readonly MetadataTree tree = new(tags);

    public string Name => Text("Name") ?? "";

    public int DataType => (int)(Number("ImageData", "DataType") ?? throw ProblemException.Unreadable("An image of the file states no data type."));

    /// <summary>Sizes as DigitalMicrograph counts: x, y, z.</summary>
    public IReadOnlyList<long> Dimensions => tree.Find("ImageData", "Dimensions") is JsonObject { Count: > 0 } sizes
        ? [.. sizes.Select(size => Whole(size.Value) is > 0 and var points ? points : throw ProblemException.Unreadable($"An axis of the image has {size.Value} points."))]
        : throw ProblemException.Unreadable("An image of the file states no dimensions.");

    public long DataOffset => Whole(tree.Find("ImageData", "Data", "offset")) ?? throw ProblemException.Unreadable("An image of the file holds no pixels.");

    public long DataBytes => Whole(tree.Find("ImageData", "Data", "bytes")) ?? 0;

    /// <summary><c>Spectrum image</c>, <c>Spectrum</c>, <c>Image</c> or nothing.</summary>
    public string Format => Text("ImageTags", "Meta Data", "Format") ?? "";

    public bool IsSpectral => Format.StartsWith("Spectrum", StringComparison.Ordinal) || tree.Find("ImageTags", "spim") is not null;

    /// <summary>Step, origin and unit of dimension <paramref name="number"/>; some plug-ins write fewer calibrations than dimensions.</summary>
    public (double Step, double Origin, string Unit) Calibration(int number)
    {
        var calibration = (tree.Find("ImageData", "Calibrations", "Dimension") as JsonObject)?.Select(pair => pair.Value).ElementAtOrDefault(number) as JsonObject;
        var scale = Real(calibration?["Scale"]) ?? 1;
        var origin = Real(calibration?["Origin"]) ?? 0;   // in points, against the direction of the axis
        return (scale, 0 - (origin * scale), calibration?["Units"] is JsonValue unit && unit.TryGetValue(out string? symbol) ? symbol : "");
    }

    /// <summary>A tag of the acquisition; stacks made by plug-ins keep those of their first image one level deeper.</summary>
    public JsonNode? Tag(params ReadOnlySpan<string> path) =>
        new MetadataTree(tree.Find("ImageTags") as JsonObject ?? []).Find(path) ?? new MetadataTree(tree.Find("ImageTags", "source", "Tags at creation") as JsonObject ?? []).Find(path);

    public double? Number(params ReadOnlySpan<string> path) => Real(tree.Find(path));

    public static double? Real(JsonNode? node) => node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number && double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Text(params ReadOnlySpan<string> path) => tree.Find(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static long? Whole(JsonNode? node) => Real(node) is { } number && number is >= 0 and < 9e15 ? (long)number : null;
}

using System.Text.Json;

namespace CryoHub.Platform.Datasets;

public sealed record SignalDetails(
    int Index, string Name, string Kind, string PixelType, IReadOnlyList<long> Shape, JsonElement Axes, JsonElement Metadata, JsonElement Original,
    JsonElement Statistics, JsonElement? Columns, JsonElement? Crystal, string ValueUnit);

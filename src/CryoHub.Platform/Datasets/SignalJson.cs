using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Pyramids;
using CryoHub.Imaging.Tables;

namespace CryoHub.Platform.Datasets;

/// <summary>A signal's header and summary as the columns of <see cref="Signal"/> hold them, and back.</summary>
public static class SignalJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>name, size, unit, role, step, origin and, where the axis is not linear, values.</summary>
    public static JsonDocument Axes(SignalHeader header) => JsonSerializer.SerializeToDocument(header.Axes, Options);

    /// <summary>What <see cref="Axes"/> has written.</summary>
    public static IReadOnlyList<Axis> ReadAxes(JsonDocument axes) => axes.Deserialize<Axis[]>(Options)!;

    public static JsonDocument Metadata(SignalHeader header) => JsonSerializer.SerializeToDocument(header.Metadata, Options);

    /// <summary>The file's own tree; zero characters, which PostgreSQL cannot keep in JSON, become U+FFFD.</summary>
    public static JsonDocument Original(SignalHeader header) => JsonSerializer.SerializeToDocument(WithoutZeros(header.Original.Root), Options);

    /// <summary>name, unit and, for text, words of each column; <c>null</c> for a signal without columns.</summary>
    public static JsonDocument? Columns(SignalHeader header) =>
        header.Columns is { } columns ? JsonSerializer.SerializeToDocument(WithoutZeros(JsonSerializer.SerializeToNode(columns, Options)), Options) : null;

    /// <summary>cell, spaceGroup, spaceGroupNumber, operations and sites; <c>null</c> for what is no crystal structure.</summary>
    public static JsonDocument? Labels(SignalHeader header) =>
        header.Labels is { Count: > 0 } labels ? JsonSerializer.SerializeToDocument(labels.Select(label => label with { Name = Clean(label.Name) }), Options) : null;

    public static JsonDocument? Crystal(SignalHeader header) =>
        header.Crystal is { } crystal ? JsonSerializer.SerializeToDocument(WithoutZeros(JsonSerializer.SerializeToNode(crystal, Options)), Options) : null;

    /// <summary>count, notFinite, min, max, mean, std, histogram, and percentiles by their rank ("99.9").</summary>
    public static JsonDocument Statistics(SignalSummary summary)
    {
        var all = JsonSerializer.SerializeToNode(summary.Statistics, Options)!.AsObject();
        all["histogram"] = summary.Histogram is { Counts.Count: > 0 } bins
            ? new JsonObject { ["low"] = bins.Low, ["high"] = bins.Low + (bins.BinWidth * bins.Counts.Count), ["counts"] = JsonSerializer.SerializeToNode(bins.Counts, Options) }
            : null;
        all["percentiles"] = new JsonObject(summary.Percentiles.Select(p => KeyValuePair.Create(p.Rank.ToString(CultureInfo.InvariantCulture), (JsonNode?)p.Value)));
        all["std"] = all["standardDeviation"]?.DeepClone();
        all.Remove("standardDeviation");
        return JsonSerializer.SerializeToDocument(all, Options);
    }

    /// <summary>The row of a signal whose zarr group and thumbnail lie under these keys.</summary>
    public static Signal Row(Guid datasetId, int index, SignalHeader header, SignalSummary summary, string zarrPrefix, string thumbnailKey) => new()
    {
        DatasetId = datasetId,
        Index = index,
        Name = header.Name,
        Kind = header.Kind.Key(),
        PixelType = header.Pixel.Name(),
        Shape = [.. header.Shape],
        Axes = Axes(header),
        Metadata = Metadata(header),
        Original = Original(header),
        Columns = Columns(header),
        Crystal = Crystal(header),
        Labels = Labels(header),
        ValueUnit = header.ValueUnit,
        Statistics = Statistics(summary),
        ZarrPrefix = zarrPrefix,
        ThumbnailKey = thumbnailKey,
    };

    /// <summary>The header that analyses get.</summary>
    public static SignalHeader Header(Signal signal) => new(
        signal.Name,
        SignalKinds.Parse(signal.Kind) ?? throw new InvalidOperationException($"{signal.Kind} is no kind of signal."),
        PixelTypes.Parse(signal.PixelType) ?? throw new InvalidOperationException($"{signal.PixelType} is no pixel type."),
        ReadAxes(signal.Axes),
        signal.Metadata.Deserialize<AcquisitionMetadata>(Options)!,
        new MetadataTree(JsonObject.Create(signal.Original.RootElement) ?? []))
    {
        Columns = signal.Columns?.Deserialize<SignalColumn[]>(Options),
        Crystal = signal.Crystal?.Deserialize<Crystal>(Options),
        Labels = signal.Labels?.Deserialize<LabelClass[]>(Options),
        ValueUnit = signal.ValueUnit,
    };

    private static JsonNode? WithoutZeros(JsonNode? node) => node switch
    {
        JsonObject group => new JsonObject(group.GroupBy(pair => Clean(pair.Key), (key, same) => KeyValuePair.Create(key, WithoutZeros(same.First().Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutZeros)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Clean(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private static string Clean(string text) => text.Replace('\0', '\uFFFD');
}

using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Jpk;

/// <summary>Force curves of JPK (Bruker Nano) microscopes: a zip archive with properties and channels of every segment.</summary>
public sealed class JpkReader : IFormatReader
{
    private const int MostSegments = 1000;

    public FormatInfo Format { get; } = new(
        "jpk", "JPK force curve", [".jpk-force"], "every segment with all its channels, in the units of their default conversions", "maps of curves (.jpk-force-map, .jpk-qi-data); images (.jpk) are read as TIFF",
        "https://www.jpk.com/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        !head.StartsWith("PK\u0003\u0004"u8) ? Match.No
            : fileName.EndsWith(".jpk-force", StringComparison.OrdinalIgnoreCase) || head[Math.Min(30, head.Length)..].StartsWith("header.properties"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var zip = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var head = await PropertiesAsync(zip, "header.properties", ct) ?? throw ProblemException.Unreadable($"{file.Name} is an archive without header.properties.");
        var shared = await PropertiesAsync(zip, "shared-data/header.properties", ct);
        List<ISignal> signals = [];
        for (var segment = 0; segment < MostSegments && await PropertiesAsync(zip, $"segments/{segment}/segment-header.properties", ct) is { } properties; segment++)
        {
            if (await SegmentAsync(zip, segment, head, properties, shared, ct) is { } table)
            {
                signals.Add(table);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds {zip.Members.Count} members and no segment of a single curve; maps of curves are not read.");
    }

    private static async Task<ISignal?> SegmentAsync(ZipDirectory zip, int segment, JpkProperties head, JpkProperties properties, JpkProperties? shared, CancellationToken ct)
    {
        var columns = new List<TableColumn>();
        foreach (var name in (properties.Text("channels.list") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = $"segments/{segment}/{properties.Text($"channel.{name}.data.file.name") ?? $"channels/{name}.dat"}";
            if (await zip.TakeAsync(path, ct) is not { Length: > 0 } bytes)
            {
                continue;
            }

            var channel = properties.Text($"channel.{name}.lcd-info.*") is { } number && shared is not null
                ? new JpkChannel(shared, $"lcd-info.{number}.")
                : new JpkChannel(Moved(properties, name), "");
            var (values, unit) = channel.Decode(bytes);
            columns.Add(new TableColumn(name, unit, values));
        }

        if (columns.Count == 0)
        {
            return null;
        }

        var style = properties.Text("force-segment-header.settings.segment-settings.style") ?? properties.Text("force-segment-header.settings.style") ?? "";
        var original = new JsonObject { ["header"] = head.Original, ["segment"] = properties.Original, ["shared"] = shared?.Original };
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(properties.Text("force-segment-header.time-stamp")), ExposureS = properties.Number("force-segment-header.duration") };
        return TableSignal.Of($"segment {segment} {style}".Trim(), SignalKind.Trace, columns, metadata, new MetadataTree(original));
    }

    /// <summary>Older files describe a channel in the segment itself: its encoder below "data", its conversions beside it.</summary>
    private static JpkProperties Moved(JpkProperties properties, string name)
    {
        var lines = properties.Original.Where(pair => pair.Key.StartsWith($"channel.{name}.", StringComparison.Ordinal))
            .Select(pair => $"{pair.Key[$"channel.{name}.".Length..].Replace("data.encoder.", "encoder.", StringComparison.Ordinal).Replace("data.type", "type", StringComparison.Ordinal)}={pair.Value}");
        return JpkProperties.Parse(System.Text.Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    private static async Task<JpkProperties?> PropertiesAsync(ZipDirectory zip, string name, CancellationToken ct) =>
        await zip.TakeAsync(name, ct) is { } text ? JpkProperties.Parse(text) : null;

    /// <summary>Written as 2016-03-31 17:51:14.543 +0200.</summary>
    private static string? Moment(string? text) =>
        text?.Length >= 19 && DateTime.TryParseExact(text[..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToString("s", CultureInfo.InvariantCulture) : null;
}

using System.Text.Json.Nodes;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Jpk;

/// <summary>Force curves of JPK (Bruker Nano) microscopes and maps of them: a zip archive with properties and channels of every segment.</summary>
public sealed class JpkReader : IFormatReader
{
    private const int MostSegments = 1000;

    public FormatInfo Format { get; } = new(
        "jpk", "JPK force curves and maps", [".jpk-force", ".jpk-nt-force", ".jpk-force-map", ".jpk-nt-force-map", ".jpk-qi-data"],
        "every segment with all its channels, in the units of their default conversions; of maps [y, x, sample], NaN where a curve is shorter or missing",
        "the image inside a map; images by themselves (.jpk, .jpk-qi-image) are read as TIFF",
        "https://www.jpk.com/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        !head.StartsWith("PK\u0003\u0004"u8) ? Match.No
            : Format.Extensions.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) || head[Math.Min(30, head.Length)..].StartsWith("header.properties"u8)
                ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var zip = await ZipDirectory.ReadAsync(file.Bytes, ct);
        var head = await PropertiesAsync(zip, "header.properties", ct) ?? throw ProblemException.Unreadable($"{file.Name} is an archive without header.properties.");
        var shared = await PropertiesAsync(zip, "shared-data/header.properties", ct);
        if (JpkMap.IsMap(head))
        {
            return await new JpkMap(file, zip, head, shared).OpenAsync(ct);
        }

        List<ISignal> signals = [];
        for (var segment = 0; segment < MostSegments && await PropertiesAsync(zip, $"segments/{segment}/segment-header.properties", ct) is { } properties; segment++)
        {
            if (await SegmentAsync(zip, segment, head, properties, shared, ct) is { } table)
            {
                signals.Add(table);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds {zip.Members.Count} members and no segment of a curve.");
    }

    private static async Task<ISignal?> SegmentAsync(ZipDirectory zip, int segment, JpkProperties head, JpkProperties properties, JpkProperties? shared, CancellationToken ct)
    {
        var columns = new List<TableColumn>();
        foreach (var name in JpkSegment.Channels(properties))
        {
            if (await zip.TakeAsync($"segments/{segment}/{JpkSegment.DataName(properties, name)}", ct) is not { Length: > 0 } bytes)
            {
                continue;
            }

            var channel = JpkChannel.Of(properties, shared, name);
            columns.Add(new TableColumn(name, channel.Unit, channel.Decode(bytes)));
        }

        if (columns.Count == 0)
        {
            return null;
        }

        var original = new JsonObject { ["header"] = head.Original, ["segment"] = properties.Original, ["shared"] = shared?.Original };
        return TableSignal.Of(JpkSegment.Name(segment, properties, shared), SignalKind.Trace, columns, JpkSegment.Acquisition(properties), new MetadataTree(original));
    }

    private static async Task<JpkProperties?> PropertiesAsync(ZipDirectory zip, string name, CancellationToken ct) =>
        await zip.TakeAsync(name, ct) is { } text ? JpkProperties.Parse(text) : null;
}

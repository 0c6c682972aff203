using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Edax;

/// <summary>Maps and line scans of EDAX Genesis and TEAM; a spectrum of the same name calibrates the energies, the image's .ipr (of a line: its .csv) the lengths.</summary>
public sealed class SpdReader : IFormatReader
{
    private const string Layout =
        "tag s16, version i4, nSpectra i4, nPoints i4, nLines u4, nChannels u4, countBytes u4, dataOffset u4, nFrames u4, fName s120";

    private const int HeadBytes = 168;
    private const int LongestTable = 16 << 20;

    public FormatInfo Format { get; } = new(
        "edax-spd", "EDAX map", [".spd", ".lsd"],
        "spectrum images and lines of 1, 2 and 4 bytes a channel; energies from the .spc beside it, lengths from the .ipr of its image or the .csv of a line",
        "the electron image (.bmp)", "https://hyperspy.org/rosettasciio/file_specification/edax.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("MAPSPECTRA_DATA"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var fields = new BlockReader(await file.Bytes.ReadBlockAsync(0, HeadBytes, ct)).Fields(Layout);
        var (columns, rows, channels) = (fields.Integer("nPoints"), Math.Max(1, fields.Integer("nLines")), fields.Integer("nChannels"));
        var isLine = rows == 1;
        if (isLine && fields.Integer("nSpectra") is > 0 and var spectra)
        {
            columns = Math.Min(columns, spectra);
        }

        var stem = Path.GetFileNameWithoutExtension(file.Name);
        var original = new JsonObject { ["spd_header"] = fields };
        var spc = file.Sibling($"{stem}.spc") is { } beside ? SpcHeader.Parse(await beside.ReadBlockAsync(0, Math.Min(SpcHeader.HeadBytes, beside.Length), ct)) : null;
        var metadata = spc?.Metadata ?? AcquisitionMetadata.None;
        var energy = spc?.Energy(channels) ?? new Axis("Energy", channels, "", AxisRole.Energy);
        if (spc is not null)
        {
            original["spc_header"] = spc.Original;
        }

        IReadOnlyList<Axis> axes;
        if (isLine)
        {
            axes = [await LineAxisAsync(file.Sibling($"{stem}.csv"), columns, original, ct), energy];
        }
        else
        {
            var ipr = await IprHeader.ReadAsync(file.Sibling($"{Path.GetFileNameWithoutExtension((fields.Text("fName") ?? "").Replace('\\', '/'))}.ipr"), ct);
            axes = [ipr?.Axis("y", rows) ?? new Axis("y", rows, "", AxisRole.Space), ipr?.Axis("x", columns) ?? new Axis("x", columns, "", AxisRole.Space), energy];
            metadata = metadata with { Magnification = ipr?.Magnification };
            original["ipr_header"] = ipr?.Original;
        }

        var header = new SignalHeader(stem, isLine ? SignalKind.SpectrumLine : SignalKind.SpectrumImage, Counts(fields.Integer("countBytes")), axes, metadata, new MetadataTree(original));
        return [RawSignal.Of(header, file.Bytes, fields.Integer("dataOffset"))];
    }

    private static PixelType Counts(long bytes) => bytes switch
    {
        1 => PixelType.UInt8,
        2 => PixelType.UInt16,
        4 => PixelType.UInt32,
        _ => throw ProblemException.Unreadable($"The map states {bytes} bytes a channel; 1, 2 and 4 are known."),
    };

    /// <summary>The table of a line begins with lines "label, value"; a column "Distance (unit)" follows.</summary>
    private static async Task<Axis> LineAxisAsync(IByteSource? table, long size, JsonObject original, CancellationToken ct)
    {
        var plain = new Axis("x", size, "", AxisRole.Space);
        if (table is not { Length: <= LongestTable })
        {
            return plain;
        }

        var lines = Encoding.UTF8.GetString(await table.ReadBlockAsync(0, table.Length, ct)).TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        var at = Array.FindIndex(lines, line => line.Contains("Distance (", StringComparison.Ordinal));
        var labels = new JsonObject();
        foreach (var pair in lines.Take(Math.Max(at, 0)).Select(line => line.Split(',', 2, StringSplitOptions.TrimEntries)).Where(pair => pair.Length == 2 && pair[0].Length > 0))
        {
            labels[pair[0]] = pair[1];
        }

        original["csv_header"] = labels;
        if (at < 0)
        {
            return plain;
        }

        var names = lines[at].Split(',', StringSplitOptions.TrimEntries);
        var column = Array.FindIndex(names, name => name.StartsWith("Distance (", StringComparison.Ordinal));
        var values = lines[(at + 1)..].Select(line => line.Split(',')).TakeWhile(cells => cells.Length > column)
            .Select(cells => double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).Take(2).ToArray();
        return values is [var first, var second] && second > first && double.IsFinite(second)
            ? plain with { Unit = names[column]["Distance (".Length..].TrimEnd(')'), Step = second - first, Origin = first }
            : plain;
    }
}

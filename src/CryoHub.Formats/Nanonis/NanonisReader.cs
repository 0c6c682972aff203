using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Nanonis;

/// <summary>Images of SPECS Nanonis controllers: text lines ":KEY:" with values below, then every channel forward and backward.</summary>
public sealed class NanonisReader : IFormatReader
{
    private const int LongestHead = 4 << 20;
    private const int MostChannels = 1024;

    public FormatInfo Format { get; } = new(
        "nanonis", "Nanonis image", [".sxm"], "all channels in both directions, as floats with their units, scan range and settings", "",
        "https://gwyddion.net/documentation/user-guide-en/supported-file-formats.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith(":NANONIS_VERSION:"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var block = await file.Bytes.ReadBlockAsync(0, Math.Min(LongestHead, file.Bytes.Length), ct);
        var end = block.AsSpan().IndexOf(":SCANIT_END:"u8);
        var mark = end < 0 ? -1 : block.AsSpan(end).IndexOf((ReadOnlySpan<byte>)[0x1A, 0x04]);
        if (mark < 0)
        {
            throw ProblemException.Unreadable($"The head of {file.Name} is not closed by SCANIT_END and the bytes 1A 04.");
        }

        var head = Parse(Encoding.Latin1.GetString(block, 0, end));
        var (columns, rows) = Pair(head, "SCAN_PIXELS");
        var (width, height) = Pair(head, "SCAN_RANGE");
        var type = Words(head, "SCANIT_TYPE");
        if (type is not [("FLOAT"), ("MSBFIRST" or "LSBFIRST")] || columns is < 1 or > 1 << 20 || rows is < 1 or > 1 << 20)
        {
            throw ProblemException.Unreadable($"The head states {columns} x {rows} pixels of type {string.Join(' ', type)}; floats with MSBFIRST or LSBFIRST were expected.");
        }

        Axis[] axes = [Axis("y", (long)rows, height), Axis("x", (long)columns, width)];
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(head), Instrument = "Nanonis" };
        var original = new JsonObject(head.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(string.Join('\n', pair.Value)))));
        List<ISignal> signals = [];
        foreach (var (name, unit) in Channels(head).Take(MostChannels))
        {
            var header = new SignalHeader(name, SignalKind.Image, PixelType.Float32, axes, metadata, new MetadataTree((JsonObject)original.DeepClone())) { ValueUnit = unit };
            signals.Add(RawSignal.Of(header, file.Bytes, end + mark + 2 + (signals.Count * (long)(rows * columns) * sizeof(float)), bigEndian: type[1] == "MSBFIRST"));
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} lists no channel in DATA_INFO.");
    }

    private static Dictionary<string, List<string>> Parse(string text)
    {
        var head = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? values = null;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line is [':', .. var key, ':'] && key.Length > 0)
            {
                head[key] = values = [];
            }
            else if (line.Trim().Length > 0)
            {
                values?.Add(line.Trim());
            }
        }

        return head;
    }

    /// <summary>A table: channel, name, unit, direction, calibration, offset.</summary>
    private static IEnumerable<(string Name, string Unit)> Channels(Dictionary<string, List<string>> head)
    {
        foreach (var cells in head.GetValueOrDefault("DATA_INFO", []).Skip(1).Select(line => line.Split('\t', StringSplitOptions.TrimEntries)).Where(cells => cells.Length >= 4))
        {
            foreach (var direction in cells[3] == "both" ? (string[])["forward", "backward"] : [cells[3]])
            {
                yield return ($"{cells[1]} {direction}", cells[2]);
            }
        }
    }

    private static string[] Words(Dictionary<string, List<string>> head, string key) =>
        string.Join(' ', head.GetValueOrDefault(key, [])).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (double X, double Y) Pair(Dictionary<string, List<string>> head, string key)
    {
        var words = Words(head, key);
        return words.Length >= 2 && double.TryParse(words[0], CultureInfo.InvariantCulture, out var x) && double.TryParse(words[1], CultureInfo.InvariantCulture, out var y) ? (x, y) : (0, 0);
    }

    /// <summary>Lengths are in metres.</summary>
    private static Axis Axis(string name, long size, double range) => range is > 0 and < double.PositiveInfinity
        ? new Axis(name, size, "m", AxisRole.Space, range / size)
        : new Axis(name, size, "", AxisRole.Space);

    private static string? Moment(Dictionary<string, List<string>> head) =>
        DateTime.TryParseExact($"{string.Join(' ', Words(head, "REC_DATE"))} {string.Join(' ', Words(head, "REC_TIME"))}", "d.M.yyyy H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture)
            : null;
}

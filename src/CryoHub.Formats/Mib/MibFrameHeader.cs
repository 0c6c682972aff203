using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Mib;

/// <summary>The comma-separated text before each frame of a Merlin file.</summary>
internal sealed class MibFrameHeader
{
    private readonly string[] parts;

    private MibFrameHeader(string[] parts) => this.parts = parts;

    /// <summary>2: bytes before the pixels.</summary>
    public int Bytes { get; private init; }

    /// <summary>4: pixels of a row as stored; raw files of four chips have all of them side by side.</summary>
    public int StoredColumns { get; private init; }

    public int StoredRows { get; private init; }

    /// <summary>6: U08, U16, U32 where the detector has put the pixels in order, R64 where it has not.</summary>
    public bool IsRaw => parts[6] == "R64";

    /// <summary>3, 7: four chips in a square.</summary>
    public bool IsSquareOfChips => parts[7].Trim() == "2x2";

    public int Bits { get; private init; }

    /// <summary>9: time of the frame; the one of MQ1A is in UTC and finer.</summary>
    public string? AcquiredAt =>
        Fine is >= 0 and var fine && parts.Length > fine + 1 ? parts[fine + 1].TrimEnd('Z') : parts.Length > 9 ? parts[9].Replace(' ', 'T') : null;

    /// <summary>10: seconds.</summary>
    public double? ExposureS =>
        parts.Length > 10 && double.TryParse(parts[10], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;

    /// <summary>Behind MQ1A: the depth of the counters in bits, which raw files of older software do not state.</summary>
    public int? CounterDepth =>
        Fine is >= 0 and var fine && parts.Length > fine + 3
            && int.TryParse(parts[fine + 3].Trim('\0', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : null;

    private int Fine => Array.IndexOf(parts, "MQ1A");

    /// <summary><c>null</c> where the bytes begin no frame.</summary>
    public static MibFrameHeader? Of(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("MQ1,"u8))
        {
            return null;
        }

        var length = Math.Min(head.Length, 1 << 12);
        var parts = Encoding.Latin1.GetString(head[..length]).Split(',');
        if (parts.Length < 9 || !Number(parts[2], out var bytes) || !Number(parts[4], out var columns) || !Number(parts[5], out var rows)
            || bytes is < 64 or > 1 << 16 || columns < 1 || rows < 1)
        {
            return null;
        }

        var bits = parts[6] switch { "U08" => 8, "U16" => 16, "U32" => 32, "R64" => 0, _ => -1 };
        if (bits < 0)
        {
            return null;
        }

        // Behind the header pixels begin: the text ends there.
        parts = bytes < length ? Encoding.Latin1.GetString(head[..bytes]).TrimEnd('\0', ' ', ',').Split(',') : parts;
        return parts.Length < 9 ? null : new MibFrameHeader(parts) { Bytes = bytes, StoredColumns = columns, StoredRows = rows, Bits = bits };
    }

    public JsonObject Original()
    {
        string[] names = ["id", "sequence", "headerBytes", "chips", "columns", "rows", "pixelType", "layout", "chipSelect", "time", "exposure", "counter", "colourMode", "gainMode"];
        var tree = new JsonObject();
        for (var i = 0; i < Math.Min(names.Length, parts.Length); i++)
        {
            tree[names[i]] = parts[i].Trim();
        }

        if (parts.Length > names.Length)
        {
            tree["further"] = string.Join(',', parts.Skip(names.Length));
        }

        return tree;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

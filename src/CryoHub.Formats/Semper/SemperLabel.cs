using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Semper;

/// <summary>The label of a picture: 256 words of 16 bits, of which text uses one a character and a real number four (one a byte).</summary>
internal sealed class SemperLabel(ReadOnlyMemory<byte> bytes, bool bigEndian)
{
    public const int Length = 512;

    public bool IsLabel => bytes.Length >= Length && Text(1, 6) == "Semper";

    public long Columns => Size(7, 57);

    public long Rows => Size(9, 58);

    public long Layers => Size(11, 59);

    /// <summary>63: 1 where positions in real units follow.</summary>
    public bool HasCoordinates => Word(63) == 1;

    public string Title => Text(101, Math.Clamp((int)Word(100), 0, 144));

    /// <summary>22: year (from 1900), month, day, hour, minute, second.</summary>
    public string? AcquiredAt
    {
        get
        {
            var year = 1900 + Word(22);
            var stamp = FormattableString.Invariant($"{(year < 100 ? year + 2000 : year):0000}-{Word(23):00}-{Word(24):00}T{Word(25):00}:{Word(26):00}:{Word(27):00}");
            return DateTime.TryParse(stamp, System.Globalization.CultureInfo.InvariantCulture, out _) ? stamp : null;
        }
    }

    /// <summary>Step, origin and unit of x (0), y (1) or z (2).</summary>
    public (double Step, double Origin, string Unit) Coordinate(int axis)
    {
        var unit = Text(245 + (4 * axis), 4).TrimEnd('\0', ' ');
        var (step, origin) = (Real(92 - (8 * axis)), Real(96 - (8 * axis)));
        return HasCoordinates && double.IsFinite(step) && step != 0 && double.IsFinite(origin) ? (step, origin, unit) : (1, 0, "");
    }

    public JsonObject Original()
    {
        var tree = new JsonObject { ["NCOL"] = Columns, ["NROW"] = Rows, ["NLAY"] = Layers, ["ICCOLN"] = Size(13, 60), ["ICROWN"] = Size(15, 61), ["ICLAYN"] = Size(17, 62) };
        foreach (var (name, word) in ((string, int)[])[("ICLASS", 19), ("IFORM", 20), ("IWP", 21), ("NCRANG", 28), ("IPLTYP", 56), ("REALCO", 63), ("NBLOCK", 64)])
        {
            tree[name] = Word(word);
        }

        tree["DATE"] = FormattableString.Invariant($"{1900 + Word(22)}-{Word(23)}-{Word(24)} {Word(25)}:{Word(26)}:{Word(27)}");
        tree["RANGE"] = Word(28) == 255 ? FormattableString.Invariant($"{Real(29):g6},{Real(33):g6}") : Text(29, Math.Clamp((int)Word(28), 0, 27));
        tree["TITLE"] = Title;
        foreach (var (name, word) in ((string, int)[])[("DATAV6", 68), ("DATAV7", 72), ("DZV5", 76), ("Z0V4", 80), ("DYV3", 84), ("Y0V2", 88), ("DXV1", 92), ("X0V0", 96)])
        {
            tree[name] = MetadataTree.Leaf(Real(word));
        }

        (tree["XUNIT"], tree["YUNIT"], tree["ZUNIT"]) = (Text(245, 4).TrimEnd('\0'), Text(249, 4).TrimEnd('\0'), Text(253, 4).TrimEnd('\0'));
        return tree;
    }

    /// <summary>Two base-256 digits, and a third one elsewhere for pictures beyond 65,535.</summary>
    private long Size(int word, int high) => (65536L * Word(high)) + (256 * Word(word)) + Word(word + 1);

    // Words are counted from 1.
    private long Word(int number) =>
        bigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes.Span[(2 * (number - 1))..])
            : BinaryPrimitives.ReadInt16LittleEndian(bytes.Span[(2 * (number - 1))..]);

    private string Text(int word, int count)
    {
        var text = new StringBuilder(count);
        for (var i = 0; i < count; i++)
        {
            text.Append((char)(Word(word + i) & 0xFF));
        }

        return text.ToString();
    }

    private double Real(int word)
    {
        Span<byte> four = [(byte)Word(word), (byte)Word(word + 1), (byte)Word(word + 2), (byte)Word(word + 3)];
        return bigEndian ? BinaryPrimitives.ReadSingleBigEndian(four) : BinaryPrimitives.ReadSingleLittleEndian(four);
    }
}

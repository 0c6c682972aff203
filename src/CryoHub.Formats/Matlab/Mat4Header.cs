using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Formats.Matlab;

/// <summary>The header of one array of level 4: five integers, then the name.</summary>
/// <param name="BigEndian">Byte order of this array.</param>
/// <param name="Number">Type of the numbers, 0 to 5.</param>
/// <param name="Kind">0 full, 1 text, 2 sparse.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="IsComplex">The imaginary parts follow the real ones.</param>
/// <param name="NameBytes">Length of the name with the zero at its end.</param>
internal sealed record Mat4Header(bool BigEndian, int Number, int Kind, long Rows, long Columns, bool IsComplex, int NameBytes)
{
    public const int Bytes = 20;

    private const int LongestName = 256;
    private const int LargestType = 1052;       // 1000: byte order, 10: type of the numbers, 1: kind

    // Numbers of level 5 for float64, float32, int32, int16, uint16 and uint8, in which pixels are read; and their bytes.
    private static readonly (int Type, int Bytes)[] Numbers = [(9, 8), (7, 4), (5, 4), (3, 2), (4, 2), (2, 1)];

    public int ElementType => Numbers[Number].Type;

    public MatClass Class => (MatClass)(Number switch { 0 => 6, 1 => 7, 2 => 12, 3 => 10, 4 => 11, _ => 9 });

    /// <summary>Bytes of the real parts.</summary>
    public Int128 PartBytes => (Int128)Rows * Columns * Numbers[Number].Bytes;

    /// <summary><c>null</c> where these bytes are no header.</summary>
    public static Mat4Header? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes)
        {
            return null;
        }

        // The type tells the byte order, both by its place and by its thousands.
        var bigEndian = BinaryPrimitives.ReadUInt32LittleEndian(bytes) > LargestType;
        var words = new int[5];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes[(4 * i)..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        }

        var (order, hundreds, number, kind) = (words[0] / 1000, words[0] / 100 % 10, words[0] / 10 % 10, words[0] % 10);
        return words[0] >= 0 && order == (bigEndian ? 1 : 0) && hundreds == 0 && number < Numbers.Length && kind <= 2
            && words[1] >= 0 && words[2] >= 0 && words[3] is 0 or 1 && words[4] is > 1 and <= LongestName
            ? new Mat4Header(bigEndian, number, kind, words[1], words[2], words[3] == 1, words[4]) : null;
    }

    /// <summary>A variable's name: letters, digits and underscores before a zero; <c>null</c> for anything else.</summary>
    public static string? Name(ReadOnlySpan<byte> bytes)
    {
        var name = bytes[..(bytes.IndexOf((byte)0) is >= 0 and var end ? end : bytes.Length)];
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter != '_')
            {
                return null;
            }
        }

        return name.Length > 0 && name.Length < bytes.Length ? Encoding.ASCII.GetString(name) : null;
    }
}

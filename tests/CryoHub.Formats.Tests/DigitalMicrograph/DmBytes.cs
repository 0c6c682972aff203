using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Formats.Tests.DigitalMicrograph;

/// <summary>Tiny DM3 and DM4 files written tag by tag from the published description; values in either byte order, as Macintoshes wrote them.</summary>
public sealed class DmBytes(bool version4, bool bigEndianValues)
{
    private readonly MemoryStream bytes = new();

    /// <summary>One image of 16-bit numbers.</summary>
    public byte[] Image(short[] pixels, params int[] sizes) => Image(1, 2, pixels.Length, [.. pixels.SelectMany(pixel => Value(pixel, 2))], sizes);

    /// <summary>One image of 32-bit floats, of any data type that consists of them.</summary>
    public byte[] Floats(float[] pixels, int dataType, params int[] sizes) =>
        Image(dataType, 6, pixels.Length, [.. pixels.SelectMany(pixel => Value(BitConverter.SingleToInt32Bits(pixel), 4))], sizes);

    private byte[] Image(int dataType, int tagType, int count, byte[] pixels, int[] sizes)
    {
        Number32(version4 ? 4 : 3);
        Count(0);
        Number32(bigEndianValues ? 0 : 1);
        OpenGroup(1);
        Group("ImageList", 1, () => Group("", 1, () => Group("ImageData", 3, () =>
        {
            Group("Dimensions", sizes.Length, () => Array.ForEach(sizes, size => Data("", [5], Value(size, 4))));
            Data("DataType", [3], Value(dataType, 4));
            Data("Data", [20, tagType, count], pixels);
        })));
        bytes.Write(new byte[8]);
        return bytes.ToArray();
    }

    private void Group(string name, int count, Action content)
    {
        Head(20, name);
        OpenGroup(count);
        content();
    }

    private void OpenGroup(int count)
    {
        bytes.WriteByte(1);   // sorted
        bytes.WriteByte(0);   // closed
        Count(count);
    }

    private void Data(string name, int[] type, byte[] value)
    {
        Head(21, name);
        bytes.Write("%%%%"u8);
        Count(type.Length);
        Array.ForEach(type, word => Count(word));
        bytes.Write(value);
    }

    private void Head(byte kind, string name)
    {
        bytes.WriteByte(kind);
        bytes.WriteByte(0);
        bytes.WriteByte((byte)name.Length);
        bytes.Write(Encoding.Latin1.GetBytes(name));
        if (version4)
        {
            bytes.Write(new byte[8]);   // bytes of the tag: readers do not need it
        }
    }

    private void Count(int value)
    {
        if (version4)
        {
            Number32(0);
        }

        Number32(value);
    }

    private void Number32(int value)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, value);
        bytes.Write(number);
    }

    private byte[] Value(int value, int size)
    {
        var little = BitConverter.GetBytes(value)[..size];
        return bigEndianValues ? [.. little.Reverse()] : little;
    }
}

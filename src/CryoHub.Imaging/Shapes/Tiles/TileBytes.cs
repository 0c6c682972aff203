using System.Buffers;
using System.Text;

namespace CryoHub.Imaging.Shapes.Tiles;

/// <summary>Numbers of variable length (LEB128), one after the other.</summary>
internal sealed class TileBytes
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public void Number(ulong value)
    {
        var room = bytes.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[count++] = (byte)(value | 0x80);
        }

        room[count++] = (byte)value;
        bytes.Advance(count);
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Text(ReadOnlySpan<byte> text) => bytes.Write(text);

    public void Word(string text)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(text));
        Text(Encoding.UTF8.GetBytes(text));
    }

    public void Id(Guid id)
    {
        _ = id.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var count);
        bytes.Advance(count);
    }

    public void Add(TileBytes other) => bytes.Write(other.bytes.WrittenSpan);

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();
}

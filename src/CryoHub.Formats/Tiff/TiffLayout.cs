using System.Buffers.Binary;

namespace CryoHub.Formats.Tiff;

/// <summary>Byte order and width of a TIFF file's numbers: classic (32 bit) or BigTIFF (64 bit).</summary>
internal sealed record TiffLayout(bool BigEndian, bool Big)
{
    public int WordBytes => Big ? 8 : 4;

    public int EntryBytes => Big ? 20 : 12;

    public int CountBytes => Big ? 8 : 2;

    public ushort UInt16(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong UInt64(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>An offset or a count.</summary>
    public ulong Word(ReadOnlySpan<byte> bytes) => Big ? UInt64(bytes) : UInt32(bytes);

    /// <summary><c>null</c> where the bytes begin no TIFF file.</summary>
    public static TiffLayout? Of(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'I', (byte)'I', 42, 0, ..] => new(false, false),
        [(byte)'M', (byte)'M', 0, 42, ..] => new(true, false),
        [(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0, ..] => new(false, true),
        [(byte)'M', (byte)'M', 0, 43, 0, 8, 0, 0, ..] => new(true, true),
        _ => null,
    };
}

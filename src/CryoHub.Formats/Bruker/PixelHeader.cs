using System.Buffers.Binary;

namespace CryoHub.Formats.Bruker;

/// <summary>What stands before the counts of one pixel of a hypermap.</summary>
internal readonly record struct PixelHeader(uint X, int Channels, int Packing, int Pulses, uint DataBytes)
{
    public const int Size = 22;

    public static PixelHeader Parse(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(header),                // 0: column of the pixel
        BinaryPrimitives.ReadUInt16LittleEndian(header[4..]),           // 4: channels of the map
        BinaryPrimitives.ReadUInt16LittleEndian(header[12..]),          // 12: 0 = 16 bit pulses, 1 = 12 bit pulses, more = runs of counts
        BinaryPrimitives.ReadUInt16LittleEndian(header[16..]),          // 16: number of pulses, or of those beside the runs
        BinaryPrimitives.ReadUInt32LittleEndian(header[18..]));         // 18: bytes of data
}

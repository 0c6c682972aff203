using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Turns big-endian pixels into little-endian ones in place.</summary>
public static class ByteOrder
{
    public static void Reverse(PixelType pixel, Span<byte> bytes) => Reverse(ComponentBytes(pixel), bytes);

    public static void Reverse(int componentBytes, Span<byte> bytes)
    {
        switch (componentBytes)
        {
            case 2:
                var words = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    /// <summary>Bytes of one number inside a pixel: a complex number has two, a colour three or four.</summary>
    private static int ComponentBytes(PixelType pixel) => pixel switch
    {
        PixelType.Complex64 or PixelType.Complex128 => pixel.Bytes() / 2,
        PixelType.Rgb8 or PixelType.Rgba8 => 1,
        PixelType.Rgba16 => 2,
        _ => pixel.Bytes(),
    };
}

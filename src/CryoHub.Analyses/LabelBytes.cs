using System.Numerics;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>Labels as the bytes of a pixel type.</summary>
internal static class LabelBytes
{
    /// <summary>The smallest type that holds labels up to <paramref name="most"/>.</summary>
    public static PixelType For(int most) => most <= byte.MaxValue ? PixelType.UInt8 : most <= ushort.MaxValue ? PixelType.UInt16 : PixelType.Int32;

    public static ReadOnlyMemory<byte> Of<T>(T[] values, PixelType pixel)
        where T : unmanaged, INumber<T> => pixel switch
        {
            PixelType.UInt8 => Array.ConvertAll(values, byte.CreateTruncating),
            PixelType.UInt16 => MemoryMarshal.AsBytes(Array.ConvertAll(values, ushort.CreateTruncating).AsSpan()).ToArray(),
            PixelType.Int32 => MemoryMarshal.AsBytes(Array.ConvertAll(values, int.CreateTruncating).AsSpan()).ToArray(),
            PixelType.Float32 => MemoryMarshal.AsBytes(Array.ConvertAll(values, float.CreateTruncating).AsSpan()).ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "Labels are written as whole numbers or float32."),
        };
}

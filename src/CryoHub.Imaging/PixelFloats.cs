using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging;

/// <summary>Pixels of any type as float32.</summary>
public static class PixelFloats
{
    /// <summary>Converts little-endian pixels to float32.</summary>
    /// <remarks>Complex pixels become their modulus, colours their luminance (Rec. 601).</remarks>
    public static void ToFloat(ReadOnlySpan<byte> bytes, PixelType pixel, Span<float> floats)
    {
        switch (pixel)
        {
            case PixelType.Float32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(floats); break;
            case PixelType.Bool or PixelType.UInt8: Convert<byte>(bytes, floats); break;
            case PixelType.Int8: Convert<sbyte>(bytes, floats); break;
            case PixelType.Int16: Convert<short>(bytes, floats); break;
            case PixelType.UInt16: Convert<ushort>(bytes, floats); break;
            case PixelType.Int32: Convert<int>(bytes, floats); break;
            case PixelType.UInt32: Convert<uint>(bytes, floats); break;
            case PixelType.Int64: Convert<long>(bytes, floats); break;
            case PixelType.UInt64: Convert<ulong>(bytes, floats); break;
            case PixelType.Float16: Convert<Half>(bytes, floats); break;
            case PixelType.Float64: Convert<double>(bytes, floats); break;
            case PixelType.Complex64: Modulus<float>(bytes, floats); break;
            case PixelType.Complex128: Modulus<double>(bytes, floats); break;
            case PixelType.Rgb8: Luminance<byte>(bytes, 3, floats); break;
            case PixelType.Rgba8: Luminance<byte>(bytes, 4, floats); break;
            case PixelType.Rgba16: Luminance<ushort>(bytes, 4, floats); break;
            default: throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "This pixel type is not known.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> floats)
        where T : unmanaged, INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            floats[i] = float.CreateTruncating(numbers[i]);
        }
    }

    private static void Modulus<T>(ReadOnlySpan<byte> bytes, Span<float> floats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = float.CreateTruncating(T.Hypot(numbers[2 * i], numbers[(2 * i) + 1]));
        }
    }

    private static void Luminance<T>(ReadOnlySpan<byte> bytes, int channels, Span<float> floats)
        where T : unmanaged, INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < floats.Length; i++)
        {
            var colour = numbers.Slice(i * channels, 3);
            floats[i] = (0.299f * float.CreateTruncating(colour[0])) + (0.587f * float.CreateTruncating(colour[1])) + (0.114f * float.CreateTruncating(colour[2]));
        }
    }
}

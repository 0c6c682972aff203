using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Statistics;

/// <summary>Native pixels to float64; integers above 2^53 are rounded, complex numbers become their modulus.</summary>
public static class PixelConversion
{
    /// <summary>Converts as many pixels as <paramref name="values"/> holds.</summary>
    public static void ToDouble(PixelType pixel, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        switch (pixel)
        {
            case PixelType.Int8: Convert<sbyte>(bytes, values); break;
            case PixelType.UInt8 or PixelType.Bool: Convert<byte>(bytes, values); break;
            case PixelType.Int16: Convert<short>(bytes, values); break;
            case PixelType.UInt16: Convert<ushort>(bytes, values); break;
            case PixelType.Int32: Convert<int>(bytes, values); break;
            case PixelType.UInt32: Convert<uint>(bytes, values); break;
            case PixelType.Int64: Convert<long>(bytes, values); break;
            case PixelType.UInt64: Convert<ulong>(bytes, values); break;
            case PixelType.Float16: Convert<Half>(bytes, values); break;
            case PixelType.Float32: Convert<float>(bytes, values); break;
            case PixelType.Float64: Convert<double>(bytes, values); break;
            case PixelType.Complex64: Modulus(MemoryMarshal.Cast<byte, float>(bytes), values); break;
            case PixelType.Complex128: Modulus(MemoryMarshal.Cast<byte, double>(bytes), values); break;
            default: throw ProblemException.Invalid($"A pixel of type {pixel.Name()} is not one number.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<double> values)
        where T : unmanaged, System.Numerics.INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(bytes)[..values.Length], values);   // to a wider type: nothing is cut

    private static void Modulus<T>(ReadOnlySpan<T> parts, Span<double> values)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.Hypot(double.CreateChecked(parts[2 * i]), double.CreateChecked(parts[(2 * i) + 1]));
        }
    }
}

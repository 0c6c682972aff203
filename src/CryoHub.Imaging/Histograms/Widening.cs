using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Histograms;

/// <summary>Pixels as doubles.</summary>
public static class Widening
{
    /// <summary>Real pixels of any type as doubles; truth values as 0 and 1.</summary>
    public static void ToDouble(PixelType pixel, ReadOnlySpan<byte> pixels, Span<double> wide)
    {
        switch (pixel)
        {
            case PixelType.Int8: ToDouble(MemoryMarshal.Cast<byte, sbyte>(pixels), wide); break;
            case PixelType.UInt8 or PixelType.Bool: ToDouble(pixels, wide); break;
            case PixelType.Int16: ToDouble(MemoryMarshal.Cast<byte, short>(pixels), wide); break;
            case PixelType.UInt16: ToDouble(MemoryMarshal.Cast<byte, ushort>(pixels), wide); break;
            case PixelType.Int32: ToDouble(MemoryMarshal.Cast<byte, int>(pixels), wide); break;
            case PixelType.UInt32: ToDouble(MemoryMarshal.Cast<byte, uint>(pixels), wide); break;
            case PixelType.Int64: ToDouble(MemoryMarshal.Cast<byte, long>(pixels), wide); break;
            case PixelType.UInt64: ToDouble(MemoryMarshal.Cast<byte, ulong>(pixels), wide); break;
            case PixelType.Float16: ToDouble(MemoryMarshal.Cast<byte, Half>(pixels), wide); break;
            case PixelType.Float32: ToDouble(MemoryMarshal.Cast<byte, float>(pixels), wide); break;
            case PixelType.Float64: ToDouble(MemoryMarshal.Cast<byte, double>(pixels), wide); break;
            default: throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "Complex and coloured pixels are no single number.");
        }
    }

    internal static void ToDouble<T>(ReadOnlySpan<T> values, Span<double> wide) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            FromFloat(MemoryMarshal.Cast<T, float>(values), wide);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            wide[i] = double.CreateTruncating(values[i]);
        }
    }

    /// <summary>A difference to itself is 0 only for finite numbers.</summary>
    internal static bool AllFinite(ReadOnlySpan<double> values)
    {
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sum = Vector<double>.Zero;
        foreach (var lane in lanes)
        {
            sum += lane - lane;
        }

        var rest = Vector.Sum(sum);
        foreach (var value in values[(lanes.Length * Vector<double>.Count)..])
        {
            rest += value - value;
        }

        return rest == 0;
    }

    /// <summary>Moves the finite values to the front and returns them.</summary>
    internal static Span<double> KeepFinite(Span<double> values)
    {
        var kept = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                values[kept++] = value;
            }
        }

        return values[..kept];
    }

    private static void FromFloat(ReadOnlySpan<float> values, Span<double> wide)
    {
        var lanes = MemoryMarshal.Cast<float, Vector<float>>(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(wide);
        for (var i = 0; i < lanes.Length; i++)
        {
            Vector.Widen(lanes[i], out to[2 * i], out to[(2 * i) + 1]);
        }

        for (var i = lanes.Length * Vector<float>.Count; i < values.Length; i++)
        {
            wide[i] = values[i];
        }
    }
}

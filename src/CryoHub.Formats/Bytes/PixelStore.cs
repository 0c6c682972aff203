using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Bytes;

/// <summary>Frames in a number type that a format knows, where it lacks their own.</summary>
internal static class PixelStore
{
    /// <param name="pixel">Number type of <paramref name="frame"/>.</param>
    /// <param name="stored">uint16, float32 or float64, or the same as <paramref name="pixel"/>.</param>
    /// <param name="frame">One frame.</param>
    public static ReadOnlyMemory<byte> As(PixelType pixel, PixelType stored, ReadOnlyMemory<byte> frame)
    {
        if (pixel == stored)
        {
            return frame;
        }

        var values = new double[frame.Length / pixel.Bytes()];
        PixelConversion.ToDouble(pixel, frame.Span, values);
        var bytes = new byte[values.Length * stored.Bytes()];
        switch (stored)
        {
            case PixelType.UInt16:
                TensorPrimitives.ConvertTruncating<double, ushort>(values, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
                break;
            case PixelType.Float32:
                TensorPrimitives.ConvertTruncating<double, float>(values, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
                break;
            default:
                MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(bytes);
                break;
        }

        return bytes;
    }
}

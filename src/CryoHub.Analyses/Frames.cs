using System.Buffers;
using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>Reads frames of any pixel type as float32.</summary>
public static class Frames
{
    /// <summary>Reads frame <paramref name="frame"/> into <paramref name="pixels"/>, which holds <see cref="SignalHeader.FramePixels"/> numbers.</summary>
    /// <remarks>Complex pixels become their modulus, colours their luminance (Rec. 601).</remarks>
    public static async ValueTask ReadAsync(this ISignal signal, long frame, Memory<float> pixels, CancellationToken ct)
    {
        var bytes = checked((int)signal.Header.FrameBytes);
        if (signal.Header.Pixel == PixelType.Float32)
        {
            await signal.ReadFrameAsync(frame, new FloatBytes(pixels).Memory[..bytes], ct);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            await signal.ReadFrameAsync(frame, rented.AsMemory(0, bytes), ct);
            PixelFloats.ToFloat(rented.AsSpan(0, bytes), signal.Header.Pixel, pixels.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>
/// The Fourier transform of a real image, of which the file keeps the columns from the centre outwards. The rest follows from F(-u, -v) = conj F(u, v), with
/// the zero frequency in the middle pixel (width / 2, height / 2).
/// </summary>
internal sealed class HalfPlaneSignal(SignalHeader header, DmPixels pixels) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        var (height, width) = ((int)Header.Shape[0], (int)Header.Shape[1]);
        var half = new byte[height * ((width / 2) + 1) * (long)Header.Pixel.Bytes()];
        await pixels.ReadAsync(0, half, ct);
        if (Header.Pixel == PixelType.Complex64)
        {
            Unfold(MemoryMarshal.Cast<byte, float>(half), MemoryMarshal.Cast<byte, float>(destination.Span), height, width);
        }
        else
        {
            Unfold(MemoryMarshal.Cast<byte, double>(half), MemoryMarshal.Cast<byte, double>(destination.Span), height, width);
        }
    }

    private static void Unfold<T>(ReadOnlySpan<T> half, Span<T> full, int height, int width)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var columns = (width / 2) + 1;
        var centre = width / 2;
        for (var y = 0; y < height; y++)
        {
            // Row of the opposite frequency; the lone lowest row of an even height is its own opposite.
            var opposite = ((2 * (height / 2)) - y + height) % height;
            for (var x = 0; x < width; x++)
            {
                var isStored = x <= centre;
                var from = 2 * (((isStored ? y : opposite) * columns) + Math.Abs(x - centre));
                var to = 2 * ((y * width) + x);
                full[to] = half[from];
                full[to + 1] = isStored ? half[from + 1] : -half[from + 1];
            }
        }
    }
}

using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>
/// Data type 5: the Fourier transform of a real image in as many real numbers as the image has. Frequency zero is in the middle pixel
/// (width / 2, height / 2). Columns 2 u and 2 u + 1 of a row hold the real and imaginary part of frequency u in 1 .. width / 2 - 1. Columns 0 and 1 hold
/// frequency 0 from the middle row downwards and, from the top, the lower half of the lowest frequency -width / 2; where a number is real, its imaginary
/// place holds the real number half a height away. The rest follows from F(-u, -v) = conj F(u, v).
/// </summary>
internal sealed class PackedPlaneSignal(SignalHeader header, IByteSource source, long offset, bool littleEndian) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        var (height, width) = ((int)Header.Shape[0], (int)Header.Shape[1]);
        var packed = new byte[height * width * sizeof(float)];
        await source.ReadAsync(offset, packed, ct);
        if (!littleEndian)
        {
            Bytes.ByteOrder.Reverse(sizeof(float), packed);
        }

        Unfold(MemoryMarshal.Cast<byte, float>(packed), MemoryMarshal.Cast<byte, float>(destination.Span), height, width);
    }

    private static void Unfold(ReadOnlySpan<float> packed, Span<float> full, int height, int width)
    {
        var (middleX, middleY) = (width / 2, height / 2);
        for (var v = -middleY; v < middleY; v++)
        {
            for (var u = -middleX; u < middleX; u++)
            {
                // The lowest frequencies are their own opposites along their axis.
                var isOpposite = u is < 0 && u != -middleX;
                var (x, y) = isOpposite ? (-u, v == -middleY ? v : -v) : (u, v);
                var (real, imaginary) = x is not 0 && x != -middleX
                    ? (packed[((y + middleY) * width) + (2 * x)], packed[((y + middleY) * width) + (2 * x) + 1])
                    : Edge(packed, x == 0 ? middleY : 0, y, width, middleY);
                var to = 2 * (((v + middleY) * width) + u + middleX);
                full[to] = real;
                full[to + 1] = isOpposite ? -imaginary : imaginary;
            }
        }
    }

    /// <summary>Frequency 0 or the lowest one along x, of which <paramref name="top"/> is the first row.</summary>
    private static (float Real, float Imaginary) Edge(ReadOnlySpan<float> packed, int top, int y, int width, int middleY)
    {
        if (y is 0 || y == -middleY)
        {
            return (packed[(top * width) + (y == 0 ? 0 : 1)], 0);
        }

        var at = (top + Math.Abs(y)) * width;
        return (packed[at], y > 0 ? packed[at + 1] : -packed[at + 1]);
    }
}

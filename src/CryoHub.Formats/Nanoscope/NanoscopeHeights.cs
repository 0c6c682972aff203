using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nanoscope;

/// <summary>An image (or a row of curves) in the unit of its quantity: stored integers times a factor.</summary>
internal sealed class NanoscopeHeights(SignalHeader header, ISignal stored, double factor) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)stored.Header.FrameBytes);
        try
        {
            var raw = bytes.AsMemory(0, (int)stored.Header.FrameBytes);
            await stored.ReadFrameAsync(frame, raw, ct);
            var values = MemoryMarshal.Cast<byte, float>(destination.Span);
            var isWide = stored.Header.Pixel == PixelType.Int32;
            for (var i = 0; i < (int)Header.FramePixels; i++)
            {
                values[i] = (float)(factor * (isWide ? MemoryMarshal.Cast<byte, int>(raw.Span)[i] : MemoryMarshal.Cast<byte, short>(raw.Span)[i]));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>A hypermap as a spectrum image: a frame is one row, [x, energy].</summary>
internal sealed class HypermapSignal(SignalHeader header, Hypermap map) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var pixel = new uint[map.Channels];
        destination.Span.Clear();
        var bytes = Header.Pixel.Bytes() * map.Channels;
        await foreach (var x in map.RowAsync(frame, pixel, ct))
        {
            Narrow(pixel, destination.Span.Slice(x * bytes, bytes));
        }
    }

    // The type was chosen to hold the largest count of the map.
    private void Narrow(ReadOnlySpan<uint> pixel, Span<byte> destination)
    {
        switch (Header.Pixel)
        {
            case PixelType.UInt8:
                System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(pixel, destination);
                break;
            case PixelType.UInt16:
                System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(pixel, MemoryMarshal.Cast<byte, ushort>(destination));
                break;
            default:
                MemoryMarshal.AsBytes(pixel).CopyTo(destination);
                break;
        }
    }
}

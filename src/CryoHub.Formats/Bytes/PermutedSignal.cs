using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>An array whose axes are stored in another order than ours, turned in memory when its first frame is asked for.</summary>
internal sealed class PermutedSignal : ISignal
{
    private readonly ISignal stored;
    private readonly int[] order;
    private readonly int flipped;
    private readonly SemaphoreSlim turning = new(1, 1);
    private byte[]? turned;

    private PermutedSignal(SignalHeader header, ISignal stored, int[] order, int flipped) =>
        (Header, this.stored, this.order, this.flipped) = (header, stored, order, flipped);

    public SignalHeader Header { get; }

    /// <param name="header">As handed out; its size has been checked against the file.</param>
    /// <param name="stored">The array in C order as it is stored.</param>
    /// <param name="order">For each of our axes, which stored one it is.</param>
    /// <param name="flipped">The one of our axes that runs backwards in the file; -1 for none.</param>
    public static PermutedSignal Of(SignalHeader header, ISignal stored, int[] order, int flipped = -1) =>
        header.PixelCount * header.Pixel.Bytes() <= Array.MaxLength
            ? new PermutedSignal(header, stored, order, flipped)
            : throw ProblemException.Unreadable($"{header.Name} is stored in another order and takes {header.PixelCount * header.Pixel.Bytes()} bytes; {Array.MaxLength} can be turned round.");

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        await turning.WaitAsync(ct);
        try
        {
            turned ??= await TurnAsync(ct);
        }
        finally
        {
            turning.Release();
        }

        turned.AsMemory((int)(frame * Header.FrameBytes), (int)Header.FrameBytes).CopyTo(destination);
    }

    private async Task<byte[]> TurnAsync(CancellationToken ct)
    {
        var sizes = stored.Header.Shape;
        var (strides, origin) = Strides();
        var all = new byte[Header.PixelCount * Header.Pixel.Bytes()];
        var frame = new byte[stored.Header.FrameBytes];
        var (rowStride, columnStride) = (sizes.Count > 1 ? strides[^2] : 0, strides[^1]);
        for (var number = 0L; number < stored.Header.FrameCount; number++)
        {
            ct.ThrowIfCancellationRequested();
            await stored.ReadFrameAsync(number, frame, ct);
            var (start, rest) = (origin, number);
            for (var axis = sizes.Count - 3; axis >= 0; axis--)
            {
                start += rest % sizes[axis] * strides[axis];
                rest /= sizes[axis];
            }

            Scatter(frame, all, (int)start, (int)rowStride, (int)columnStride, (int)sizes[^1], Header.Pixel.Bytes());
        }

        return all;
    }

    /// <summary>Pixels from one point to the next along each stored axis in our array, and where the first stored pixel goes.</summary>
    private (long[] Strides, long Origin) Strides()
    {
        var ours = Header.Shape;
        var strides = new long[order.Length];
        var (stride, origin) = (1L, 0L);
        for (var axis = order.Length - 1; axis >= 0; axis--)
        {
            strides[order[axis]] = axis == flipped ? -stride : stride;
            origin += axis == flipped ? stride * (ours[axis] - 1) : 0;
            stride *= ours[axis];
        }

        return (strides, origin);
    }

    private static void Scatter(ReadOnlySpan<byte> frame, Span<byte> all, int start, int rowStride, int columnStride, int columns, int bytes)
    {
        for (var pixel = 0; pixel < frame.Length / bytes; pixel++)
        {
            var place = start + (pixel / columns * rowStride) + (pixel % columns * columnStride);
            frame.Slice(pixel * bytes, bytes).CopyTo(all[(place * bytes)..]);
        }
    }
}

using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Ser;

/// <summary>The elements of a series as frames; elements that were promised but never acquired are zero, or NaN where the type has it.</summary>
internal sealed class SerSignal(SignalHeader header, SerHeader series, SerElement first, IByteSource bytes) : ISignal
{
    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        var perElement = (int)first.PixelBytes;
        var elements = destination.Length / perElement;
        for (var i = 0; i < elements; i++)
        {
            await ReadElementAsync((frame * elements) + i, destination.Slice(i * perElement, perElement), ct);
        }
    }

    private async ValueTask ReadElementAsync(long index, Memory<byte> destination, CancellationToken ct)
    {
        if (index >= series.ValidElements)
        {
            Absent(destination.Span);
            return;
        }

        var offset = series.DataOffsets[index];
        var element = index == 0 ? first : await SerElement.ReadAsync(bytes, offset, series.IsImages, ct);
        if (element.Pixel != first.Pixel || element.Width != first.Width || element.Height != first.Height)
        {
            throw ProblemException.Unreadable($"Element {index} has {element.Width} x {element.Height} {element.Pixel.Name()} pixels; the first has {first.Width} x {first.Height} {first.Pixel.Name()}.");
        }

        await bytes.ReadAsync(offset + element.HeadBytes, destination, ct);
        if (series.IsImages)
        {
            TurnUpsideDown(destination.Span, element.Width * element.Pixel.Bytes());
        }
    }

    /// <summary>TIA counts rows from below.</summary>
    private static void TurnUpsideDown(Span<byte> image, int rowBytes)
    {
        var spare = new byte[rowBytes];
        for (int top = 0, bottom = image.Length - rowBytes; top < bottom; top += rowBytes, bottom -= rowBytes)
        {
            image.Slice(top, rowBytes).CopyTo(spare);
            image.Slice(bottom, rowBytes).CopyTo(image[top..]);
            spare.CopyTo(image[bottom..]);
        }
    }

    private void Absent(Span<byte> pixels)
    {
        switch (first.Pixel)
        {
            case PixelType.Float32: MemoryMarshal.Cast<byte, float>(pixels).Fill(float.NaN); break;
            case PixelType.Float64: MemoryMarshal.Cast<byte, double>(pixels).Fill(double.NaN); break;
            default: pixels.Clear(); break;
        }
    }
}

using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>The stored pixels of one image, little endian and colour red first, whatever the file has.</summary>
internal sealed class DmPixels(IByteSource source, long offset, DmLayout layout, bool littleEndian)
{
    /// <param name="at">Byte within the image's data.</param>
    public async ValueTask ReadAsync(long at, Memory<byte> destination, CancellationToken ct)
    {
        await source.ReadAsync(offset + at, destination, ct);
        if (layout.IsBgra)
        {
            SwapRedAndBlue(destination.Span);
        }
        else if (!littleEndian)
        {
            ByteOrder.Reverse(layout.Pixel, destination.Span);
        }
    }

    private static void SwapRedAndBlue(Span<byte> pixels)
    {
        for (var i = 0; i + 3 < pixels.Length; i += 4)
        {
            (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        }
    }
}

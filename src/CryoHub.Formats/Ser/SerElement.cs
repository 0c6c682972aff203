using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ser;

/// <summary>The small head in front of each element's pixels; calibrations in SI units.</summary>
internal sealed record SerElement(PixelType Pixel, int Width, int Height, double OriginX, double StepX, double OriginY, double StepY, int HeadBytes)
{
    private const int SpectrumHead = 26;
    private const int ImageHead = 50;

    public long PixelBytes => (long)Width * Height * Pixel.Bytes();

    public static async ValueTask<SerElement> ReadAsync(IByteSource bytes, long offset, bool isImage, CancellationToken ct)
    {
        var head = await bytes.ReadBlockAsync(offset, isImage ? ImageHead : SpectrumHead, ct);
        var (x, stepX) = Calibration(head, 0);                                  // 0: offset, delta, element
        var (y, stepY) = isImage ? Calibration(head, 20) : (0, 1);              // 20: the same for y
        var at = isImage ? 40 : 20;
        var type = BinaryPrimitives.ReadInt16LittleEndian(head.AsSpan(at));     // data type, then size x (and y)
        var width = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(at + 2));
        var height = isImage ? BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(at + 6)) : 1;
        var element = new SerElement(TypeOf(type), width, height, x, stepX, y, stepY, head.Length);
        var need = (Int128)width * height * element.Pixel.Bytes();
        var have = bytes.Length - offset - head.Length;
        return width > 0 && height > 0 && need <= Math.Min(have, Array.MaxLength)
            ? element
            : throw ProblemException.Unreadable($"The element at byte {offset} promises {width} x {height} pixels, {need} bytes; the file holds {have}.");
    }

    private static (double Origin, double Step) Calibration(byte[] head, int at)
    {
        var delta = BinaryPrimitives.ReadDoubleLittleEndian(head.AsSpan(at + 8));
        return (BinaryPrimitives.ReadDoubleLittleEndian(head.AsSpan(at)) - (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(at + 16)) * delta), delta);
    }

    private static PixelType TypeOf(short type) => type switch
    {
        1 => PixelType.UInt8,
        2 => PixelType.UInt16,
        3 => PixelType.UInt32,
        4 => PixelType.Int8,
        5 => PixelType.Int16,
        6 => PixelType.Int32,
        7 => PixelType.Float32,
        8 => PixelType.Float64,
        9 => PixelType.Complex64,
        10 => PixelType.Complex128,
        _ => throw ProblemException.Unreadable($"Pixels of type {type} are not known to TIA series; 1 to 10 are."),
    };
}

using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>Where the pixels lie, checked against the file's length.</summary>
/// <param name="Pixel">Type handed out.</param>
/// <param name="DataOffset">First byte of the first section.</param>
/// <param name="SectionBytes">Bytes of one section on disk.</param>
public sealed record MrcLayout(PixelType Pixel, long DataOffset, long SectionBytes)
{
    public static MrcLayout Of(MrcHeader header, long fileLength)
    {
        if (header.Columns <= 0 || header.Rows <= 0 || header.Sections <= 0)
        {
            throw ProblemException.Unreadable($"The header states {header.Columns} x {header.Rows} x {header.Sections} pixels; each must be at least 1.");
        }

        var pixel = header.Mode switch
        {
            MrcMode.Int8 => header.UnsignedBytes ? PixelType.UInt8 : PixelType.Int8,
            MrcMode.Int16 => PixelType.Int16,
            MrcMode.Float32 => PixelType.Float32,
            MrcMode.ComplexInt16 or MrcMode.Complex64 => PixelType.Complex64,
            MrcMode.UInt16 => PixelType.UInt16,
            MrcMode.Float16 => PixelType.Float16,
            MrcMode.Rgb => PixelType.Rgb8,
            MrcMode.Packed4Bit => PixelType.UInt8,
            _ => throw ProblemException.Unreadable($"The header states mode {(int)header.Mode}; known are 0, 1, 2, 3, 4, 6, 12, 16 and 101."),
        };
        if (header.ExtendedBytes < 0)
        {
            throw ProblemException.Unreadable($"The header states an extended header of {header.ExtendedBytes} bytes.");
        }

        // Packed rows start on a byte of their own. Three 31-bit numbers overflow 64 bits: the sum is made in 128.
        var rowBytes = header.Mode switch
        {
            MrcMode.Packed4Bit => (header.Columns + 1L) / 2,
            MrcMode.ComplexInt16 => header.Columns * 4L,
            _ => header.Columns * (long)pixel.Bytes(),
        };
        var offset = MrcHeader.Length + (long)header.ExtendedBytes;
        var need = (Int128)rowBytes * header.Rows * header.Sections;
        var have = Math.Max(0, fileLength - offset);
        if (need > have)
        {
            throw ProblemException.Unreadable($"The header promises {need} bytes of pixels ({header.Columns} x {header.Rows} x {header.Sections}, mode {(int)header.Mode}); the file holds {have}.");
        }

        var frameBytes = (long)header.Columns * header.Rows * pixel.Bytes();
        return frameBytes <= Array.MaxLength
            ? new MrcLayout(pixel, offset, rowBytes * header.Rows)
            : throw ProblemException.Unreadable($"One section takes {frameBytes} bytes; at most {Array.MaxLength} can be held.");
    }
}

using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>How the pixels of an image lie in the file.</summary>
/// <param name="Pixel">Type handed out.</param>
/// <param name="IsBgra">Colour, stored blue first.</param>
/// <param name="IsHalfPlane">A Fourier transform of which only one half is stored.</param>
/// <param name="IsPackedPlane">A Fourier transform in as many real numbers as it has pixels.</param>
internal readonly record struct DmLayout(PixelType Pixel, bool IsBgra = false, bool IsHalfPlane = false, bool IsPackedPlane = false)
{
    public static DmLayout Of(DmImage image)
    {
        DmLayout layout = image.DataType switch
        {
            1 => new(PixelType.Int16),
            2 => new(PixelType.Float32),
            3 => new(PixelType.Complex64),
            5 => new(PixelType.Complex64, IsPackedPlane: true),
            6 => new(PixelType.UInt8),
            7 => new(PixelType.Int32),
            8 or 23 => new(PixelType.Rgba8, IsBgra: true),
            9 => new(PixelType.Int8),
            10 => new(PixelType.UInt16),
            11 => new(PixelType.UInt32),
            12 => new(PixelType.Float64),
            13 => new(PixelType.Complex128),
            14 => new(PixelType.Bool),
            27 => new(PixelType.Complex64, IsHalfPlane: true),
            28 => new(PixelType.Complex128, IsHalfPlane: true),
            39 => new(PixelType.Int64),
            40 => new(PixelType.UInt64),
            var other => throw ProblemException.Unreadable($"Image data of DigitalMicrograph type {other} is not read; known are 1 to 3, 5 to 14, 23, 27, 28, 39 and 40."),
        };
        layout.Check(image);
        return layout;
    }

    private void Check(DmImage image)
    {
        var sizes = image.Dimensions;
        if (IsHalfPlane && sizes.Count != 2)
        {
            throw ProblemException.Unreadable($"A packed Fourier transform of {sizes.Count} dimensions; two are expected.");
        }

        if (IsPackedPlane && (sizes.Count != 2 || sizes[0] % 2 != 0 || sizes[1] % 2 != 0))
        {
            throw ProblemException.Unreadable($"A packed Fourier transform of {string.Join(" x ", sizes)} points; two even dimensions are expected.");
        }

        var need = (Int128)(IsPackedPlane ? sizeof(float) : Pixel.Bytes());
        for (var i = 0; i < sizes.Count; i++)
        {
            need *= IsHalfPlane && i == 0 ? (sizes[0] / 2) + 1 : sizes[i];
            if (need > image.DataBytes)
            {
                throw ProblemException.Unreadable($"The image promises {string.Join(" x ", sizes)} pixels of {Pixel.Bytes()} bytes; its data holds {image.DataBytes} bytes.");
            }
        }
    }
}

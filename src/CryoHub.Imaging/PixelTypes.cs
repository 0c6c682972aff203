namespace CryoHub.Imaging;

/// <summary>Size and name of each <see cref="PixelType"/>.</summary>
public static class PixelTypes
{
    /// <summary>Bytes of one pixel in memory.</summary>
    public static int Bytes(this PixelType pixel) => pixel switch
    {
        PixelType.Int8 or PixelType.UInt8 or PixelType.Bool => 1,
        PixelType.Int16 or PixelType.UInt16 or PixelType.Float16 => 2,
        PixelType.Rgb8 => 3,
        PixelType.Int32 or PixelType.UInt32 or PixelType.Float32 or PixelType.Rgba8 => 4,
        PixelType.Int64 or PixelType.UInt64 or PixelType.Float64 or PixelType.Complex64 or PixelType.Rgba16 => 8,
        PixelType.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "This pixel type has no size."),
    };

    /// <summary>The name used in JSON and on the command line, for instance <c>float32</c>.</summary>
    public static string Name(this PixelType pixel) => pixel.ToString().ToLowerInvariant();

    /// <summary>The inverse of <see cref="Name"/>; <c>null</c> for a name that stands for no pixel type.</summary>
    public static PixelType? Parse(string name) =>
        Enum.TryParse<PixelType>(name, ignoreCase: true, out var pixel) && pixel.Name() == name ? pixel : null;

    public static bool IsComplex(this PixelType pixel) => pixel is PixelType.Complex64 or PixelType.Complex128;

    public static bool IsColour(this PixelType pixel) => pixel is PixelType.Rgb8 or PixelType.Rgba8 or PixelType.Rgba16;

    public static bool IsFloat(this PixelType pixel) => pixel is PixelType.Float16 or PixelType.Float32 or PixelType.Float64;
}

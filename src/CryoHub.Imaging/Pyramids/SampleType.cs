using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>How a pixel type is stored in zarr: colour becomes a trailing channel axis of its sample type.</summary>
internal sealed record SampleType(string Name, int Bytes, int Channels)
{
    public static SampleType Of(PixelType pixel) => pixel switch
    {
        PixelType.Rgb8 => new("uint8", 1, 3),
        PixelType.Rgba8 => new("uint8", 1, 4),
        PixelType.Rgba16 => new("uint16", 2, 4),
        _ => new(pixel.Name(), pixel.Bytes(), 1),
    };

    /// <summary>The type of one sample, for the kernels: truth values are averaged as 0 and 1.</summary>
    public static PixelType SampleOf(PixelType pixel) => pixel switch
    {
        PixelType.Rgb8 or PixelType.Rgba8 or PixelType.Bool => PixelType.UInt8,
        PixelType.Rgba16 => PixelType.UInt16,
        _ => pixel,
    };

    /// <summary>What a reader sees beyond the array's edge: not a number where the type has it.</summary>
    public static JsonNode FillOf(PixelType pixel) => pixel switch
    {
        PixelType.Complex64 or PixelType.Complex128 => new JsonArray("NaN", "NaN"),
        PixelType.Bool => JsonValue.Create(false),
        _ when pixel.IsFloat() => JsonValue.Create("NaN"),
        _ => JsonValue.Create(0),
    };
}

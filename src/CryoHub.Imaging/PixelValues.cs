using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace CryoHub.Imaging;

/// <summary>Single pixels in their own type, for people and for JSON: nothing is squeezed through float32.</summary>
public static class PixelValues
{
    /// <summary>A number, a boolean, <c>{"re", "im"}</c> or a list of colour components; NaN and infinities as text.</summary>
    public static JsonNode ToJson(this PixelType pixel, ReadOnlySpan<byte> bytes) => pixel switch
    {
        PixelType.Int8 => JsonValue.Create((sbyte)bytes[0]),
        PixelType.UInt8 => JsonValue.Create(bytes[0]),
        PixelType.Int16 => JsonValue.Create(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        PixelType.UInt16 => JsonValue.Create(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        PixelType.Int32 => JsonValue.Create(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        PixelType.UInt32 => JsonValue.Create(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        PixelType.Int64 => JsonValue.Create(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        PixelType.UInt64 => JsonValue.Create(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        PixelType.Float16 => MetadataTree.Leaf((double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        PixelType.Float32 => MetadataTree.Leaf(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        PixelType.Float64 => MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        PixelType.Complex64 => Complex(BinaryPrimitives.ReadSingleLittleEndian(bytes), BinaryPrimitives.ReadSingleLittleEndian(bytes[4..])),
        PixelType.Complex128 => Complex(BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..])),
        PixelType.Rgb8 => new JsonArray(bytes[0], bytes[1], bytes[2]),
        PixelType.Rgba8 => new JsonArray(bytes[0], bytes[1], bytes[2], bytes[3]),
        PixelType.Rgba16 => new JsonArray(Word(bytes, 0), Word(bytes, 1), Word(bytes, 2), Word(bytes, 3)),
        PixelType.Bool => JsonValue.Create(bytes[0] != 0),
        _ => throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "This pixel type has no value."),
    };

    /// <summary>One pixel of <paramref name="signal"/> at <paramref name="index"/> (C order, slowest axis first).</summary>
    public static async Task<JsonNode> ValueAtAsync(this ISignal signal, IReadOnlyList<long> index, CancellationToken ct)
    {
        var header = signal.Header;
        if (index.Count != header.Shape.Count)
        {
            throw ProblemException.Invalid($"The signal has {header.Shape.Count} axes; {index.Count} indexes were given.");
        }

        var flat = 0L;
        foreach (var (axis, position) in header.Axes.Zip(index))
        {
            if (position < 0 || position >= axis.Size)
            {
                throw ProblemException.Invalid($"Index {position} lies outside axis {axis.Name}, which has {axis.Size} points.");
            }

            flat = (flat * axis.Size) + position;
        }

        var frame = new byte[header.FrameBytes];
        await signal.ReadFrameAsync(flat / header.FramePixels, frame, ct);
        return header.Pixel.ToJson(frame.AsSpan((int)(flat % header.FramePixels) * header.Pixel.Bytes()));
    }

    private static JsonObject Complex(double re, double im) => new() { ["re"] = MetadataTree.Leaf(re), ["im"] = MetadataTree.Leaf(im) };

    private static ushort Word(ReadOnlySpan<byte> bytes, int component) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * component)..]);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Zarr;

/// <summary>The document .zarray of zarr version 2.</summary>
/// <param name="Shape">Shape of the array.</param>
/// <param name="Chunks">Shape of every chunk, also at the edges.</param>
/// <param name="Pixel">Number type.</param>
/// <param name="BigEndian">Byte order within the chunks.</param>
/// <param name="Fortran">First dimension fastest within a chunk.</param>
/// <param name="Compressor">Identifier of the codec; empty where chunks are plain.</param>
/// <param name="Separator">Between the numbers in a chunk's name.</param>
/// <param name="Fill">Value of chunks that are absent, in memory order; empty for zero.</param>
internal sealed record ZarrLayout(IReadOnlyList<long> Shape, IReadOnlyList<long> Chunks, PixelType Pixel, bool BigEndian, bool Fortran, string Compressor, char Separator, byte[] Fill)
{
    private const int MostDimensions = 16;

    public long ChunkBytes => Chunks.Aggregate((long)Pixel.Bytes(), (product, size) => checked(product * size));

    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary><c>null</c> for records of another kind (text, ragged arrays).</summary>
    /// <exception cref="ProblemException">Unreadable: not version 2, filters, or shapes that make no sense.</exception>
    public static ZarrLayout? Of(JsonObject json, string path)
    {
        try
        {
            if (Type(json["dtype"]) is not var (pixel, bigEndian))
            {
                return null;
            }

            var shape = json["shape"].Deserialize<long[]>() ?? [];
            var chunks = json["chunks"].Deserialize<long[]>() ?? [];
            if ((int?)json["zarr_format"] != 2 || json["filters"] is JsonArray { Count: > 0 } || shape.Length != chunks.Length || shape.Length > MostDimensions
                || shape.Any(size => size < 0) || chunks.Any(size => size < 1))
            {
                throw ProblemException.Unreadable($"{path} is no array of zarr version 2 without filters: shape {string.Join(" x ", shape)}, chunks {string.Join(" x ", chunks)}.");
            }

            var layout = new ZarrLayout(shape, chunks, pixel, bigEndian, (string?)json["order"] == "F", (string?)json["compressor"]?["id"] ?? "",
                (string?)json["dimension_separator"] == "/" ? '/' : '.', []);
            return layout.Count >= 0 && layout.ChunkBytes > 0 ? layout with { Fill = FillOf(json["fill_value"], pixel) } : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw ProblemException.Unreadable($"The description of {path} is damaged: {broken.Message}", broken);
        }
    }

    // NumPy's type strings; three or four integers under the names of colours.
    private static (PixelType Pixel, bool BigEndian)? Type(JsonNode? node) => node switch
    {
        JsonValue text when (string?)text is { Length: >= 3 } name => Number(name) is { } pixel ? (pixel, name[0] == '>') : null,
        JsonArray fields when fields.All(field => field is JsonArray { Count: 2 } pair && pair[1] is JsonValue) => (fields.Count, (string?)fields[0]![1]) switch
        {
            (3, "|u1") => (PixelType.Rgb8, false),
            (4, "|u1") => (PixelType.Rgba8, false),
            (4, "<u2") => (PixelType.Rgba16, false),
            _ => null,
        },
        _ => null,
    };

    private static PixelType? Number(string name) => name[1..] switch
    {
        "b1" => PixelType.Bool,
        "i1" => PixelType.Int8,
        "i2" => PixelType.Int16,
        "i4" => PixelType.Int32,
        "i8" => PixelType.Int64,
        "u1" => PixelType.UInt8,
        "u2" => PixelType.UInt16,
        "u4" => PixelType.UInt32,
        "u8" => PixelType.UInt64,
        "f2" => PixelType.Float16,
        "f4" => PixelType.Float32,
        "f8" => PixelType.Float64,
        "c8" => PixelType.Complex64,
        "c16" => PixelType.Complex128,
        _ => null,
    };

    private static byte[] FillOf(JsonNode? value, PixelType pixel) => (value, pixel) switch
    {
        (JsonValue number, PixelType.Float32) when number.ToString() == "NaN" => BitConverter.GetBytes(float.NaN),
        (JsonValue number, PixelType.Float64) when number.ToString() == "NaN" => BitConverter.GetBytes(double.NaN),
        (JsonValue number, PixelType.Float32) when number.GetValueKind() == JsonValueKind.Number => BitConverter.GetBytes((float)(double)number),
        (JsonValue number, PixelType.Float64) when number.GetValueKind() == JsonValueKind.Number => BitConverter.GetBytes((double)number),
        (JsonValue number, _) when number.GetValueKind() == JsonValueKind.Number && !pixel.IsFloat() && !pixel.IsComplex() && !pixel.IsColour() && number.TryGetValue(out long whole) =>
            BitConverter.GetBytes(whole)[..pixel.Bytes()],
        _ => [],
    };
}

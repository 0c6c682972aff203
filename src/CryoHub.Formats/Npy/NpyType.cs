using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>NumPy's number types as pixels.</summary>
/// <param name="Pixel">Type handed out.</param>
/// <param name="BigEndian">The file begins each number with the high byte.</param>
internal readonly record struct NpyType(PixelType Pixel, bool BigEndian)
{
    /// <exception cref="ProblemException">Unreadable: text, Python objects, or records that are no colours.</exception>
    public static NpyType Of(JsonNode type, string name) => type switch
    {
        JsonValue value when value.TryGetValue(out string? code) => Number(code) ?? throw Unknown(code, name),
        JsonArray fields when Colour(fields) is { } colour => colour,
        _ => throw Unknown(type.ToJsonString(), name),
    };

    /// <summary>For instance <c>&lt;f4</c>; dates and time spans are counted in whole numbers. <c>null</c> for what is no number.</summary>
    public static NpyType? Number(string code)
    {
        if (code is not ['<' or '>' or '|' or '=', var kind, .. var rest])
        {
            return null;
        }

        PixelType? pixel = (kind, rest.Split('[')[0]) switch
        {
            ('b', "1") => PixelType.Bool,
            ('i', "1") => PixelType.Int8,
            ('u', "1") => PixelType.UInt8,
            ('i', "2") => PixelType.Int16,
            ('u', "2") => PixelType.UInt16,
            ('i', "4") => PixelType.Int32,
            ('u', "4") => PixelType.UInt32,
            ('i', "8") or ('M', "8") or ('m', "8") => PixelType.Int64,
            ('u', "8") => PixelType.UInt64,
            ('f', "2") => PixelType.Float16,
            ('f', "4") => PixelType.Float32,
            ('f', "8") => PixelType.Float64,
            ('c', "8") => PixelType.Complex64,
            ('c', "16") => PixelType.Complex128,
            _ => null,
        };
        return pixel is { } known ? new NpyType(known, code[0] == '>') : null;
    }

    /// <summary>Records of three or four colours of one number type.</summary>
    private static NpyType? Colour(JsonArray fields)
    {
        var names = fields.Select(field => field is JsonArray { Count: 2 } pair ? $"{pair[0]}".ToUpperInvariant() : "").ToList();
        var types = fields.Select(field => field is JsonArray { Count: 2 } pair ? $"{pair[1]}" : "").Distinct().ToList();
        if (types.Count != 1 || Number(types[0]) is not { } number)
        {
            return null;
        }

        return (string.Concat(names), number.Pixel) switch
        {
            ("RGB", PixelType.UInt8) => number with { Pixel = PixelType.Rgb8 },
            ("RGBA", PixelType.UInt8) => number with { Pixel = PixelType.Rgba8 },
            ("RGBA", PixelType.UInt16) => number with { Pixel = PixelType.Rgba16 },
            _ => null,
        };
    }

    private static ProblemException Unknown(string type, string name) =>
        ProblemException.Unreadable($"{name} is an array of type {type}; numbers of up to 64 bits, complex numbers, truth values, colours and records of numbers are read.");
}

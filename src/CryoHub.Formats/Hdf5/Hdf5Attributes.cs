using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Attributes as JSON: numbers, lists of numbers and text; other types are left out.</summary>
internal static unsafe class Hdf5Attributes
{
    private const int MostAttributes = 4096;
    private const long LargestValue = 1 << 20;

    public static JsonObject Read(long item, Hdf5Heaps heaps)
    {
        var tree = new JsonObject();
        for (var i = 0; i < Math.Min(MostAttributes, LibHdf5.CountAttributes(item)); i++)
        {
            var attribute = LibHdf5.OpenAttribute(item, ".", 0, 0, (ulong)i, 0, 0);
            if (attribute >= 0)
            {
                tree[Name(attribute)] = Value(attribute, heaps);
                LibHdf5.CloseAttribute(attribute);
            }
        }

        return tree;
    }

    private static string Name(long attribute)
    {
        var buffer = stackalloc byte[1024];
        var length = LibHdf5.AttributeName(attribute, 1024, buffer);
        return Encoding.UTF8.GetString(buffer, (int)Math.Clamp(length, 0, 1023));
    }

    private static JsonNode? Value(long attribute, Hdf5Heaps heaps)
    {
        var type = LibHdf5.AttributeType(attribute);
        var space = LibHdf5.AttributeSpace(attribute);
        try
        {
            return Hdf5Types.Pixel(type) is { } pixel
                ? Numbers(attribute, type, pixel, Hdf5Text.Count(space))
                : Listed([.. Hdf5Text.Read(type, space, LargestValue, heaps, (buffer, memory) => LibHdf5.ReadAttribute(attribute, memory, (byte*)buffer)).Select(text => (JsonNode?)JsonValue.Create(text))]);
        }
        finally
        {
            LibHdf5.CloseSpace(space);
            LibHdf5.CloseType(type);
        }
    }

    private static JsonNode? Numbers(long attribute, long type, PixelType pixel, ulong count)
    {
        if (count * (ulong)pixel.Bytes() > LargestValue)
        {
            return null;
        }

        var buffer = new byte[(int)count * pixel.Bytes()];
        var memory = Hdf5Types.InMemory(type);
        int done;
        fixed (byte* start = buffer)
        {
            done = LibHdf5.ReadAttribute(attribute, memory, start);
        }

        LibHdf5.CloseType(memory);
        return done < 0 ? null : Listed([.. Enumerable.Range(0, (int)count).Select(i => pixel.ToJson(buffer.AsSpan(i * pixel.Bytes())))]);
    }

    private static JsonNode? Listed(JsonNode?[] values) => values switch { [] => null, [var only] => only, _ => new JsonArray(values) };
}

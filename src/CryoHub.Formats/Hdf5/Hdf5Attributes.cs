using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Attributes as JSON: numbers, lists of numbers and text; other types are left out.</summary>
internal static unsafe class Hdf5Attributes
{
    private const int MostAttributes = 4096;
    private const long LargestValue = 1 << 20;

    /// <summary>No attribute has this name: asking for it makes the library decode all of them.</summary>
    private const string Nobody = "\u0001";

    /// <exception cref="ProblemException">Unreadable: an attribute is damaged.</exception>
    public static JsonObject Read(long item, Hdf5Source source)
    {
        var about = stackalloc ulong[LibHdf5.ObjectInfoWords];     // 1: address of the object's header
        if (LibHdf5.AboutObject(item, about, LibHdf5.BasicInfo) >= 0)
        {
            Hdf5ObjectHeader.CheckAttributes(source, about[1]);
        }

        // Listing attributes of which one cannot be decoded makes libhdf5 1.10 free what it never filled (H5A__attr_release_table).
        if (LibHdf5.AttributeExists(item, Nobody) < 0)
        {
            throw ProblemException.Unreadable("The attributes of an object are damaged: libhdf5 cannot decode them.");
        }

        var tree = new JsonObject();
        foreach (var name in Names(item))
        {
            var attribute = LibHdf5.OpenAttribute(item, name, 0);
            if (attribute >= 0)
            {
                tree[name] = Value(attribute, source.Heaps);
                LibHdf5.CloseAttribute(attribute);
            }
        }

        return tree;
    }

    private static List<string> Names(long item)
    {
        var names = new List<string>();
        var handle = GCHandle.Alloc(names);
        try
        {
            LibHdf5.Attributes(item, 0, Hdf5Links.AsStored, null, &Visit, GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    [UnmanagedCallersOnly]
    private static int Visit(long item, byte* name, nint information, nint user)
    {
        var names = (List<string>)GCHandle.FromIntPtr(user).Target!;
        names.Add(Marshal.PtrToStringUTF8((nint)name) ?? "");
        return names.Count < MostAttributes ? 0 : 1;
    }

    private static JsonNode? Value(long attribute, Hdf5Heaps heaps)
    {
        var type = LibHdf5.AttributeType(attribute);
        var space = LibHdf5.AttributeSpace(attribute);
        try
        {
            return Hdf5Types.Pixel(type) is { } pixel
                ? Numbers(attribute, type, pixel, Hdf5Text.Count(space))
                : Listed([.. Texts(attribute, type, space, heaps).Select(text => (JsonNode?)JsonValue.Create(text))]);
        }
        finally
        {
            LibHdf5.CloseSpace(space);
            LibHdf5.CloseType(type);
        }
    }

    private static IReadOnlyList<string> Texts(long attribute, long type, long space, Hdf5Heaps heaps) =>
        Hdf5Text.Read(type, space, LargestValue, heaps, (buffer, memory) => LibHdf5.ReadAttribute(attribute, memory, (byte*)buffer));

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

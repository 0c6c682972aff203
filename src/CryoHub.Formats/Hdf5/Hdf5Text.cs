using System.Text;

namespace CryoHub.Formats.Hdf5;

/// <summary>Text of fixed or variable length, of datasets and attributes alike.</summary>
internal static unsafe class Hdf5Text
{
    private const ulong MostTexts = 4096;

    /// <summary>All texts; empty where the type is none, or the library cannot read it.</summary>
    /// <param name="type">Type of the texts.</param>
    /// <param name="space">How many there are.</param>
    /// <param name="largest">Most bytes of all together.</param>
    /// <param name="heaps">Where texts of variable length lie.</param>
    /// <param name="read">Reads into a buffer with a type in memory.</param>
    public static IReadOnlyList<string> Read(long type, long space, long largest, Hdf5Heaps heaps, Func<nint, long, int> read)
    {
        var count = Count(space);
        if (LibHdf5.TypeClass(type) != Hdf5Types.Text || count > MostTexts)
        {
            return [];
        }

        return LibHdf5.IsVariableText(type) > 0
            ? Bytes(Hdf5References.Type, Hdf5References.Bytes, count, largest, read) is { } references ? heaps.Texts(references, largest) : []
            : Bytes(type, (long)LibHdf5.TypeSize(type), count, largest, read) is { } texts ? [.. texts.Chunk(texts.Length / (int)count).Select(text => Fixed(text))] : [];
    }

    private static byte[]? Bytes(long type, long size, ulong count, long largest, Func<nint, long, int> read)
    {
        if (size <= 0 || count == 0 || size > largest / (long)count)
        {
            return null;
        }

        var buffer = new byte[size * (long)count];
        fixed (byte* start = buffer)
        {
            return read((nint)start, type) < 0 ? null : buffer;
        }
    }

    // What follows the first zero is whatever lay in the writer's memory.
    private static string Fixed(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text).TrimEnd(' ');

    public static ulong Count(long space)
    {
        var sizes = stackalloc ulong[32];
        var rank = LibHdf5.Rank(space);
        LibHdf5.Sizes(space, sizes, null);
        var count = rank < 0 ? 0 : 1ul;
        for (var i = 0; i < rank; i++)
        {
            count = sizes[i] > MostTexts ? MostTexts + 1 : Math.Min(count * sizes[i], MostTexts + 1);
        }

        return count;
    }
}

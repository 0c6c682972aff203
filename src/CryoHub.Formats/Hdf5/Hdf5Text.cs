using System.Runtime.InteropServices;
using System.Text;

namespace CryoHub.Formats.Hdf5;

/// <summary>Text of fixed or variable length, of datasets and attributes alike.</summary>
internal static unsafe class Hdf5Text
{
    private const ulong MostTexts = 4096;

    /// <summary>All texts; empty where the type is none or the library cannot read it.</summary>
    public static IReadOnlyList<string> Read(long type, long space, long largest, Func<nint, long, int> read)
    {
        var size = (long)LibHdf5.TypeSize(type);
        var count = Count(space);
        if (LibHdf5.TypeClass(type) != Hdf5Types.Text || count > MostTexts || size * (long)count > largest)
        {
            return [];
        }

        var buffer = new byte[size * (long)count];
        fixed (byte* start = buffer)
        {
            if (read((nint)start, 0) < 0)
            {
                return [];
            }

            if (LibHdf5.IsVariableText(type) <= 0)
            {
                return [.. Enumerable.Range(0, (int)count).Select(i => Fixed(buffer.AsSpan(i * (int)size, (int)size)))];
            }

            var texts = new string[count];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = Marshal.PtrToStringUTF8(((nint*)start)[i]) ?? "";
            }

            LibHdf5.Reclaim(type, space, 0, start);
            return texts;
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

using System.Runtime.InteropServices;
using System.Text;

namespace CryoHub.Formats.Hdf5;

/// <summary>Links of groups, and the way along a path; the caller holds the library's gate.</summary>
internal static unsafe class Hdf5Links
{
    public const int Most = 200_000;
    private const int MostSoftLinks = 16;
    private const int LongestTarget = 4096;
    private const int Group = 2;

    /// <summary>H5_ITER_NATIVE: in any other order the library builds a table of the links first, and frees what it never filled where one is damaged.</summary>
    public const int AsStored = 2;

    /// <summary>By name; more than <see cref="Most"/> means that there are more.</summary>
    public static List<Hdf5Link> Of(long group)
    {
        var links = new List<Hdf5Link>();
        var handle = GCHandle.Alloc(links);
        try
        {
            LibHdf5.Links(group, 0, AsStored, null, &Visit, GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        links.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return links;
    }

    /// <summary><c>null</c> where there is no member of that name.</summary>
    public static Hdf5LinkKind? KindOf(long group, string name)
    {
        LinkInfo info;
        return LibHdf5.KindOf(group) == Group && LibHdf5.LinkInfo(group, name, &info, 0) >= 0 ? (Hdf5LinkKind)info.Kind : null;
    }

    /// <summary>What a soft or external link says.</summary>
    public static string? Target(long group, string name)
    {
        var buffer = stackalloc byte[LongestTarget];
        return LibHdf5.LinkValue(group, name, buffer, LongestTarget - 1, 0) < 0 ? null : Encoding.UTF8.GetString(buffer, LongestTarget - 1).TrimEnd('\0');
    }

    /// <summary>The member of a group, which stays open; negative where there is none, or one in another file.</summary>
    public static long Step(long file, long group, string name)
    {
        var soft = 0;
        return Step(file, group, name, ref soft);
    }

    private static long Step(long file, long group, string name, ref int soft) => name == "." ? LibHdf5.Open(group, ".", 0) : KindOf(group, name) switch
    {
        Hdf5LinkKind.Hard => LibHdf5.Open(group, name, 0),
        Hdf5LinkKind.Soft when ++soft <= MostSoftLinks && Target(group, name) is { Length: > 0 } target =>
            Walk(file, LibHdf5.Open(target[0] == '/' ? file : group, target[0] == '/' ? "/" : ".", 0), target, ref soft),
        _ => -1,
    };

    // Takes over the item.
    private static long Walk(long file, long item, string path, ref int soft)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (item < 0)
            {
                return item;
            }

            var next = Step(file, item, name, ref soft);
            LibHdf5.Close(item);
            item = next;
        }

        return item;
    }

    [UnmanagedCallersOnly]
    private static int Visit(long group, byte* name, LinkInfo* info, nint user)
    {
        var links = (List<Hdf5Link>)GCHandle.FromIntPtr(user).Target!;
        links.Add(new Hdf5Link(Marshal.PtrToStringUTF8((nint)name) ?? "", (Hdf5LinkKind)info->Kind, info->Address));
        return links.Count > Most ? 1 : 0;
    }
}

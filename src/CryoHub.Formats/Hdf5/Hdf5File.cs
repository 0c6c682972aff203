using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// A read-only HDF5 file over a byte source. Links are followed within the file, and only filters of the library and our own are run; datasets whose bytes lie in other files are refused.
/// </summary>
internal sealed unsafe class Hdf5File : SafeHandle
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    // libhdf5 of Debian is not built for several threads.
    internal static readonly Lock Gate = new();

    private const int Group = 2;
    private const int DatasetKind = 5;
    private const int CompactLayout = 0;
    private const int ChunkedLayout = 2;
    private const ulong Nowhere = ulong.MaxValue;
    private const int VirtualLayout = 3;
    private const int LastBuiltInFilter = 6;            // deflate, shuffle, checksum, szip, n-bit, scale-offset
    private const int MostMembers = Hdf5Links.Most;
    private const long LargestText = 1 << 26;
    private const decimal MostFill = 1 << 20;

    private readonly Hdf5Source source;
    private readonly Hdf5Way way;

    private Hdf5File(Hdf5Source source, long file)
        : base(-1, true)
    {
        this.source = source;
        way = new Hdf5Way(file);
        SetHandle((nint)file);
    }

    public override bool IsInvalid => handle < 0;

    public static Hdf5File Open(IByteSource bytes, string name)
    {
        var source = new Hdf5Source(bytes);
        lock (Gate)
        {
            var file = Hdf5Driver.Open(source);
            return file >= 0 ? new Hdf5File(source, file) : throw Refusal(source, $"libhdf5 cannot open {name} ({bytes.Length} bytes)");
        }
    }

    /// <summary>What a group holds, by name; empty where there is no such group.</summary>
    public IReadOnlyList<Hdf5Link> Links(string path) => At(path, Group, group =>
    {
        var links = Hdf5Links.Of(group);
        if (source.Failure is not null)
        {
            throw Refusal(source, $"The members of {path} cannot be listed");
        }

        return links.Count <= MostMembers ? links : throw ProblemException.Unreadable($"{path} has more than {MostMembers} members, the most that are read.");
    }) ?? [];

    /// <summary>Names of the members of a group, by hard links only; empty where there is no such group.</summary>
    public IReadOnlyList<string> Members(string path) => [.. Links(path).Where(link => link.Kind == Hdf5LinkKind.Hard).Select(link => link.Name)];

    /// <summary>The file and the path within it that an external link names; <c>null</c> where the member is no such link.</summary>
    public (string File, string Path)? External(string group, string name)
    {
        var found = At(group, Group, item => Hdf5Links.KindOf(item, name) == Hdf5LinkKind.External ? Hdf5Links.Target(item, name) : null);

        // One byte of flags, then two texts, each ended by a zero.
        return found is not null && found[1..].Split('\0') is [{ Length: > 0 } file, { Length: > 0 } path, ..] ? (file, path) : null;
    }

    public bool IsGroup(string path) => At(path, Group, _ => "yes") is not null;

    /// <summary>A dataset's shape and type; <c>null</c> where the path leads to none.</summary>
    public Hdf5Dataset? Dataset(string path) => At(path, DatasetKind, dataset =>
    {
        Check(path, dataset);
        var space = LibHdf5.DatasetSpace(dataset);
        var type = LibHdf5.DatasetType(dataset);
        var shape = Shape(space);
        var pixel = Hdf5Types.Pixel(type);
        var bytes = Bytes(shape, type);
        var stored = LibHdf5.StorageSize(dataset);
        LibHdf5.CloseType(type);
        LibHdf5.CloseSpace(space);

        // Deflate does 1032 at best; what the file does not hold is made of fill values, which little arrays may be.
        return stored <= (ulong)source.Bytes.Length && bytes <= (stored * 1100m) + MostFill ? new Hdf5Dataset(path, shape, pixel)
            : throw ProblemException.Unreadable($"{path} promises {bytes} bytes; the file of {source.Bytes.Length} bytes stores {stored} for it.");
    });

    /// <summary>Reads a block of a dataset: native type, little endian, C order.</summary>
    public void Read(Hdf5Dataset dataset, ReadOnlySpan<long> start, ReadOnlySpan<long> count, Span<byte> destination)
    {
        fixed (byte* target = destination)
        fixed (long* from = start, many = count)
        {
            var (address, first, sizes, rank) = ((nint)target, (nint)from, (nint)many, count.Length);
            var read = At(dataset.Path, DatasetKind, item => Read(item, (ulong*)first, (ulong*)sizes, rank, (byte*)address) ? "yes" : "no");
            if (read != "yes")
            {
                throw Refusal(source, $"{dataset.Path} cannot be read at [{string.Join(", ", start.ToArray())}]");
            }
        }
    }

    /// <summary>All of a dataset, as <see cref="Read(Hdf5Dataset, ReadOnlySpan{long}, ReadOnlySpan{long}, Span{byte})"/>.</summary>
    public void ReadAll(Hdf5Dataset dataset, Span<byte> destination) => Read(dataset, new long[dataset.Shape.Count], [.. dataset.Shape], destination);

    /// <summary>Names of the fields of numbers of a dataset of records; empty where it holds none.</summary>
    public IReadOnlyList<string> Fields(string path) => At(path, DatasetKind, dataset =>
    {
        var type = LibHdf5.DatasetType(dataset);
        var names = Hdf5Types.NumericFields(type);
        LibHdf5.CloseType(type);
        return names;
    }) ?? [];

    /// <summary>One field of all records, as float64.</summary>
    public void ReadField(string path, string field, Span<double> values)
    {
        fixed (double* target = values)
        {
            var address = (nint)target;
            var read = At(path, DatasetKind, dataset =>
            {
                var type = Hdf5Types.OnlyField(field);
                var done = LibHdf5.Read(dataset, type, 0, 0, 0, (byte*)address);
                LibHdf5.CloseType(type);
                return done < 0 ? "no" : "yes";
            });
            if (read != "yes")
            {
                throw Refusal(source, $"Field {field} of {path} cannot be read");
            }
        }
    }

    /// <summary>What a soft or external link says; <c>null</c> where the member is neither.</summary>
    public string? Target(string group, string name) =>
        At(group, Group, item => Hdf5Links.KindOf(item, name) is Hdf5LinkKind.Soft ? Hdf5Links.Target(item, name) : null)
        ?? (External(group, name) is var (file, path) ? $"{file}:{path}" : null);

    /// <summary>The first text of a dataset of text; <c>null</c> where there is none.</summary>
    public string? Text(string path) => Texts(path) is [var first, ..] ? first : null;

    /// <summary>The texts of a dataset; empty where it holds none.</summary>
    public IReadOnlyList<string> Texts(string path) => At(path, DatasetKind, dataset =>
    {
        Check(path, dataset);
        var space = LibHdf5.DatasetSpace(dataset);
        var type = LibHdf5.DatasetType(dataset);
        try
        {
            return Hdf5Text.Read(type, space, LargestText, source.Heaps, (buffer, memory) => LibHdf5.Read(dataset, memory, 0, 0, 0, (byte*)buffer));
        }
        finally
        {
            LibHdf5.CloseType(type);
            LibHdf5.CloseSpace(space);
        }
    }) ?? [];

    /// <summary>The attributes of a group or dataset.</summary>
    public System.Text.Json.Nodes.JsonObject Attributes(string path) => At(path, null, item => Hdf5Attributes.Read(item, source)) ?? [];

    protected override bool ReleaseHandle()
    {
        lock (Gate)
        {
            way.Close();        // the file closes with the last object that is open in it
            return LibHdf5.CloseFile(handle) >= 0;
        }
    }

    private static bool Read(long dataset, ulong* start, ulong* count, int rank, byte* destination)
    {
        var type = LibHdf5.DatasetType(dataset);
        var memoryType = Hdf5Types.InMemory(type);
        var space = LibHdf5.DatasetSpace(dataset);
        var memory = LibHdf5.NewSpace(rank, count, null);
        Hdf5Filters.ChunkBytes = ChunkBytes(dataset, (long)LibHdf5.TypeSize(type));
        var done = LibHdf5.Rank(space) == rank && (rank == 0 || LibHdf5.Select(space, 0, start, null, count, null) >= 0)
            && LibHdf5.Read(dataset, memoryType, rank == 0 ? 0 : memory, rank == 0 ? 0 : space, 0, destination) >= 0;
        LibHdf5.CloseSpace(memory);
        LibHdf5.CloseSpace(space);
        LibHdf5.CloseType(memoryType);
        LibHdf5.CloseType(type);
        return done;
    }

    private static int Layout(long dataset)
    {
        var list = LibHdf5.DatasetList(dataset);
        var layout = LibHdf5.Layout(list);
        LibHdf5.CloseList(list);
        return layout;
    }

    private static long ChunkBytes(long dataset, long element)
    {
        var list = LibHdf5.DatasetList(dataset);
        var sizes = stackalloc ulong[32];
        var rank = LibHdf5.Layout(list) == ChunkedLayout ? LibHdf5.Chunk(list, 32, sizes) : 0;
        LibHdf5.CloseList(list);
        for (var i = 0; i < rank; i++)
        {
            element *= (long)Math.Min(sizes[i], uint.MaxValue);
        }

        return element;
    }

    private static long[] Shape(long space)
    {
        var sizes = stackalloc ulong[32];
        var shape = new long[Math.Clamp(LibHdf5.Rank(space), 0, 32)];
        LibHdf5.Sizes(space, sizes, null);
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = (long)Math.Min(long.MaxValue, sizes[i]);
        }

        return shape;
    }

    private static decimal Bytes(long[] shape, long type) => shape.Aggregate((decimal)LibHdf5.TypeSize(type), (product, size) => product > 1e20m ? product : product * size);

    /// <summary>What is not packed must be whole: the library copies from there without looking. Only a block that was never set aside is filled.</summary>
    private static void CheckWhole(string path, long dataset)
    {
        var space = LibHdf5.DatasetSpace(dataset);
        var type = LibHdf5.DatasetType(dataset);
        var (bytes, stored) = (Bytes(Shape(space), type), LibHdf5.StorageSize(dataset));
        LibHdf5.CloseType(type);
        LibHdf5.CloseSpace(space);
        if (bytes > stored && Layout(dataset) is var layout and not ChunkedLayout && (layout == CompactLayout || stored > 0 || LibHdf5.Offset(dataset) != Nowhere))
        {
            throw ProblemException.Unreadable($"{path} promises {bytes} bytes; {stored} are set aside for it.");
        }
    }

    private static void Check(string path, long dataset)
    {
        var list = LibHdf5.DatasetList(dataset);
        try
        {
            if (LibHdf5.CountExternal(list) != 0 || LibHdf5.Layout(list) == VirtualLayout)
            {
                throw ProblemException.Unreadable($"{path} keeps its values in other files; only one file is read.");
            }

            for (var i = 0; i < LibHdf5.CountFilters(list); i++)
            {
                nuint none = 0;
                uint flags = 0, configuration = 0;
                var filter = LibHdf5.Filter(list, (uint)i, &flags, &none, null, 0, null, &configuration);
                if (filter is < 1 or > LastBuiltInFilter && !Hdf5Filters.Numbers.Contains(filter))
                {
                    throw ProblemException.Unreadable($"{path} is packed by filter {filter}; filters 1 to {LastBuiltInFilter} and {string.Join(", ", Hdf5Filters.Numbers)} are read.");
                }
            }
        }
        finally
        {
            LibHdf5.CloseList(list);
        }

        CheckWhole(path, dataset);
    }

    // Hard links and soft ones, which stay in the file; links into other files lead nowhere.
    private T? At<T>(string path, int? kind, Func<long, T?> use)
        where T : class
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            source.Failure = null;
            var item = way.Open(path);
            return item >= 0 ? kind is null || LibHdf5.KindOf(item) == kind ? use(item) : null
                : source.Failure is null ? null : throw Refusal(source, $"{path} cannot be opened");
        }
    }

    private static Exception Refusal(Hdf5Source source, string what) =>
        source.Failure is null or ProblemException ? ProblemException.Unreadable($"{what}. {source.Failure?.Message}".TrimEnd(), source.Failure) : source.Failure;
}

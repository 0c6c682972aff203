using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>An array that is being written block by block.</summary>
internal sealed unsafe class Hdf5OutputArray : IDisposable
{
    private const uint Level = 1;

    private readonly string name;
    private readonly long type;
    private readonly long dataset;

    /// <summary>The caller holds the library's gate.</summary>
    internal Hdf5OutputArray(long file, string name, PixelType pixel, IReadOnlyList<long> shape, IReadOnlyList<long>? chunk)
    {
        this.name = name;
        type = Hdf5StoredTypes.Of(pixel);
        var sizes = stackalloc ulong[32];
        Put(shape, sizes);
        var space = LibHdf5.NewSpace(shape.Count, sizes, null);
        var list = chunk is null ? 0 : LibHdf5.NewList(LibHdf5.Global("H5P_CLS_DATASET_CREATE_ID_g"));
        if (chunk is not null)
        {
            Put(chunk, sizes);
            LibHdf5.SetChunk(list, chunk.Count, sizes);
            LibHdf5.SetShuffle(list);
            LibHdf5.SetDeflate(list, Level);
        }

        dataset = LibHdf5.CreateDataset(file, name, type, space, 0, list, 0);
        LibHdf5.CloseSpace(space);
        if (list != 0)
        {
            LibHdf5.CloseList(list);
        }

        Hdf5Output.Checked(dataset, name, "cannot be written");
    }

    /// <summary>Writes a block, little endian, in C order.</summary>
    public void Write(ReadOnlySpan<long> start, ReadOnlySpan<long> count, ReadOnlySpan<byte> pixels)
    {
        lock (Hdf5File.Gate)
        {
            fixed (byte* source = pixels)
            fixed (long* from = start, many = count)
            {
                var space = LibHdf5.DatasetSpace(dataset);
                var memory = LibHdf5.NewSpace(count.Length, (ulong*)many, null);
                var done = LibHdf5.Select(space, 0, (ulong*)from, null, (ulong*)many, null) < 0 ? -1 : LibHdf5.Write(dataset, type, memory, space, 0, source);
                LibHdf5.CloseSpace(memory);
                LibHdf5.CloseSpace(space);
                Hdf5Output.Checked(done, name, $"takes no block at [{string.Join(", ", start.ToArray())}]");
            }
        }
    }

    public void Dispose()
    {
        lock (Hdf5File.Gate)
        {
            LibHdf5.Close(dataset);
            LibHdf5.CloseType(type);
        }
    }

    private static void Put(IReadOnlyList<long> values, ulong* sizes)
    {
        for (var i = 0; i < values.Count; i++)
        {
            sizes[i] = (ulong)values[i];
        }
    }
}

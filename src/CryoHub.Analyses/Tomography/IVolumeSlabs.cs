namespace CryoHub.Analyses.Tomography;

/// <summary>Where the slices of a volume come from: back-projected as they are asked for, or put together from parts that are done.</summary>
internal interface IVolumeSlabs
{
    /// <summary>Slices of one slab.</summary>
    int SlabSlices { get; }

    /// <summary>Fills <paramref name="slab"/> with <paramref name="slices"/> slices from <paramref name="firstSlice"/> on.</summary>
    Task FillAsync(int firstSlice, int slices, Memory<byte> slab, ParallelOptions options);
}

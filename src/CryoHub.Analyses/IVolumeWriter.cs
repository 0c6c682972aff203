namespace CryoHub.Analyses;

/// <summary>A volume written slab by slab; disposing it finishes the volume.</summary>
public interface IVolumeWriter : IAsyncDisposable
{
    /// <summary>Writes whole slices [z, y, x] from slice <paramref name="firstSlice"/>; slabs come in order, each slice once, in the header's pixel type.</summary>
    Task WriteSlabAsync(long firstSlice, ReadOnlyMemory<byte> slices, CancellationToken ct);
}

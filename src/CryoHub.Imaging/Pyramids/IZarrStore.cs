namespace CryoHub.Imaging.Pyramids;

/// <summary>Where a zarr group is written: a folder or an object store's prefix. Keys use <c>/</c> and are written once each, in any order, also concurrently.</summary>
public interface IZarrStore
{
    /// <summary>Stores <paramref name="value"/> under <paramref name="key"/>; the caller reuses the memory afterwards.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> value, CancellationToken ct);
}

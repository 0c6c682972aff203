namespace CryoHub.Imaging.Pyramids;

/// <summary>Where a zarr group is read from, by ranges.</summary>
public interface IZarrSource
{
    /// <summary>The object's bytes, or <c>null</c> where there is none of that key. Cheap to call again; the source owns what it opened.</summary>
    ValueTask<IByteSource?> OpenAsync(string key, CancellationToken ct);
}

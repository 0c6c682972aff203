namespace CryoHub.Imaging.Pyramids;

/// <summary>A part of a store seen as a store of its own.</summary>
public static class ZarrStores
{
    /// <summary>The same store below <paramref name="prefix"/> (<c>0.zarr</c>), without a trailing slash.</summary>
    public static IZarrStore Under(this IZarrStore store, string prefix) => new PrefixedStore(store, prefix);

    public static IZarrSource Under(this IZarrSource source, string prefix) => new PrefixedSource(source, prefix);

    private sealed class PrefixedStore(IZarrStore store, string prefix) : IZarrStore
    {
        public Task PutAsync(string key, ReadOnlyMemory<byte> value, CancellationToken ct) => store.PutAsync($"{prefix}/{key}", value, ct);
    }

    private sealed class PrefixedSource(IZarrSource source, string prefix) : IZarrSource
    {
        public ValueTask<IByteSource?> OpenAsync(string key, CancellationToken ct) => source.OpenAsync($"{prefix}/{key}", ct);
    }
}

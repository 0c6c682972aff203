using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Platform.Storage;

/// <summary>Zarr groups in the object store.</summary>
public sealed class SignalDisk(IObjectStore store)
{
    /// <summary>Writes a group below <paramref name="prefix"/>, which ends in <c>.zarr</c>.</summary>
    public IZarrStore Write(string prefix) => new Group(store, prefix);

    /// <summary>Reads a group; disposing closes what was opened.</summary>
    public SignalGroup Read(string prefix) => new(store, prefix);

    private sealed class Group(IObjectStore store, string prefix) : IZarrStore
    {
        public async Task PutAsync(string key, ReadOnlyMemory<byte> value, CancellationToken ct)
        {
            await using var content = new MemoryView(value);
            await store.PutAsync($"{prefix}/{key}", content, ct);
        }
    }
}

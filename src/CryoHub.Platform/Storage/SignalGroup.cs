using System.Collections.Concurrent;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Platform.Storage;

/// <summary>A zarr group opened for reading; objects stay open until it is disposed.</summary>
public sealed class SignalGroup(IObjectStore store, string prefix) : IZarrSource, IDisposable
{
    private readonly ConcurrentDictionary<string, StoredObject> open = [];

    public async ValueTask<IByteSource?> OpenAsync(string key, CancellationToken ct)
    {
        if (open.TryGetValue(key, out var known))
        {
            return known;
        }

        if (await store.OpenAsync($"{prefix}/{key}", ct) is not { } found)
        {
            return null;
        }

        if (!open.TryAdd(key, found))
        {
            found.Dispose();
        }

        return open[key];
    }

    public void Dispose()
    {
        foreach (var source in open.Values)
        {
            source.Dispose();
        }
    }
}

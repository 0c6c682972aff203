using System.Collections.Concurrent;
using CryoHub.Imaging.Sources;

namespace CryoHub.Imaging.Pyramids;

/// <summary>A zarr group in a local folder, for writing and reading.</summary>
public sealed class ZarrFolder(string root) : IZarrStore, IZarrSource, IDisposable
{
    private readonly ConcurrentDictionary<string, FileByteSource> open = [];

    public async Task PutAsync(string key, ReadOnlyMemory<byte> value, CancellationToken ct)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(handle, value, 0, ct);
    }

    public ValueTask<IByteSource?> OpenAsync(string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IByteSource?>(File.Exists(PathOf(key)) ? open.GetOrAdd(key, k => new FileByteSource(PathOf(k))) : null);
    }

    public void Dispose()
    {
        foreach (var file in open.Values)
        {
            file.Dispose();
        }
    }

    private string PathOf(string key) =>
        key.Split('/').All(part => part is not ("" or "." or "..")) ? Path.Combine(root, key) : throw new ArgumentException($"Not a zarr key: {key}.", nameof(key));
}

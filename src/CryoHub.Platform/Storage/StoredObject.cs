using CryoHub.Imaging;

namespace CryoHub.Platform.Storage;

/// <summary>An object opened for ranged reads; dispose it when done.</summary>
public abstract class StoredObject(long length, string etag) : IByteSource, IDisposable
{
    public long Length { get; } = length;

    /// <summary>Changes whenever the bytes could have; without quotes.</summary>
    public string ETag { get; } = etag;

    /// <summary>The same bytes as directly as the store can give them: a local file where it is one.</summary>
    public virtual IByteSource Direct => this;

    public abstract ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

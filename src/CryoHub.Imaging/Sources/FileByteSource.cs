using Microsoft.Win32.SafeHandles;

namespace CryoHub.Imaging.Sources;

/// <summary>A local file, read by position; safe for concurrent reads.</summary>
public sealed class FileByteSource : IByteSource, IDisposable
{
    private readonly SafeFileHandle handle;

    public FileByteSource(string path)
        : this(File.OpenHandle(path, options: FileOptions.RandomAccess)) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>A file that is open already; it is closed with the source.</summary>
    public FileByteSource(SafeFileHandle handle)
    {
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>Where the file lies; <c>null</c> where only its handle is known.</summary>
    public string? Path { get; }

    public long Length { get; }

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ByteRange.Check(offset, destination.Length, Length);
        while (destination.Length > 0)
        {
            var got = RandomAccess.Read(handle, destination.Span, offset);
            if (got == 0)
            {
                throw ProblemException.Unreadable($"The file ended at byte {offset}; {destination.Length} more bytes were expected.");
            }

            offset += got;
            destination = destination[got..];
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => handle.Dispose();
}

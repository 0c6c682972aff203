using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Platform.Storage.Files;

/// <summary>An object of the file store. The open handle keeps its bytes even when the object is deleted or replaced meanwhile.</summary>
internal sealed class FileObject(FileByteSource bytes, string etag) : StoredObject(bytes.Length, etag)
{
    public static FileObject? Open(string path)
    {
        try
        {
            var changed = File.GetLastWriteTimeUtc(path).Ticks;
            var bytes = new FileByteSource(path);
            return new FileObject(bytes, string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}-{changed:x}"));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public override IByteSource Direct => bytes;

    public override ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct) => bytes.ReadAsync(offset, destination, ct);

    public override void Dispose()
    {
        bytes.Dispose();
        base.Dispose();
    }
}

using System.Runtime.InteropServices;

namespace CryoHub.Platform.Storage.Files;

/// <summary>Writes a file so that after a power cut it is either whole under its name or not there: temporary file, fsync, rename, fsync of the folder.</summary>
internal static partial class DurableFile
{
    private const int ReadOnlyDirectory = 0x10000;   // O_RDONLY | O_DIRECTORY

    public static async Task WriteAsync(string path, string temporaryFolder, Func<FileStream, Task> write, CancellationToken ct)
    {
        var temporary = Path.Combine(temporaryFolder, Guid.CreateVersion7().ToString("N"));
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous))
            {
                await write(file);
                await file.FlushAsync(ct);
                file.Flush(flushToDisk: true);
            }

            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            File.Move(temporary, path, overwrite: true);
            SyncFolder(folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A rename is durable only once the folder itself is on disk.</summary>
    private static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

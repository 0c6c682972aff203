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
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                await write(file);
                await file.FlushAsync(ct);
                file.Flush(flushToDisk: true);
            }

            Move(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Gives a file whose bytes are on disk its final name.</summary>
    public static void Move(string from, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var born = new Stack<string>();
        for (var missing = folder; !Directory.Exists(missing); missing = Path.GetDirectoryName(missing)!)
        {
            born.Push(Path.GetDirectoryName(missing)!);
        }

        Directory.CreateDirectory(folder);
        File.Move(from, path, overwrite: true);
        SyncFolder(folder);
        foreach (var parent in born)   // a new folder's name is durable only once its parent is on disk
        {
            SyncFolder(parent);
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

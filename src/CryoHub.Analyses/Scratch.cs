namespace CryoHub.Analyses;

/// <summary>Temporary files for what is too large for memory.</summary>
public static class Scratch
{
    /// <summary>A new empty file, to write and to read, that is gone with its handle: it loses its name at once, so a process that is killed leaves nothing behind either.</summary>
    /// <param name="bufferSize">For many small writes; 1 where whole blocks are written.</param>
    public static FileStream File(int bufferSize = 1)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.cryohub");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize, FileOptions.Asynchronous);
        System.IO.File.Delete(path);
        return file;
    }

    /// <summary>Where another program finds an open scratch file, which has no name of its own.</summary>
    public static string PathForOthers(FileStream file) => $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}";

    /// <summary>Refuses what the temporary folder's disk has no room for.</summary>
    /// <exception cref="Imaging.ProblemException">How much is needed and how much is free.</exception>
    public static void Require(long bytes)
    {
        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        if (bytes > free)
        {
            throw Imaging.ProblemException.Invalid($"The volume needs {bytes / 1e9:0.0} GB of temporary space; {free / 1e9:0.0} GB are free: bin the projections or make the volume less deep.");
        }
    }
}

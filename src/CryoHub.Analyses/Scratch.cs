namespace CryoHub.Analyses;

/// <summary>Temporary files for what is too large for memory.</summary>
public static class Scratch
{
    /// <summary>A new empty file, to write and to read, that is gone when it is closed.</summary>
    public static FileStream File() => new(
        Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.cryohub"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);

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

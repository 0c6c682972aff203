namespace CryoHub.Analyses;

/// <summary>Temporary files for what is too large for memory.</summary>
public static class Scratch
{
    /// <summary>A new empty file, to write and to read, that is gone when it is closed.</summary>
    public static FileStream File() => new(
        Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.cryohub"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
}

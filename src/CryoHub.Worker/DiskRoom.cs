namespace CryoHub.Worker;

/// <summary>Room for temporary files.</summary>
internal static class DiskRoom
{
    private const int NoSpaceLeft = 28;   // ENOSPC

    /// <summary>Whether the disk of <paramref name="folder"/> has at least so much left.</summary>
    public static bool IsEnough(string folder, long leastMiB) => new DriveInfo(folder).AvailableFreeSpace >> 20 >= leastMiB;

    /// <summary>Whether that went wrong for lack of room.</summary>
    public static bool IsFull(IOException trouble) => (trouble.HResult & 0xFFFF) == NoSpaceLeft;
}

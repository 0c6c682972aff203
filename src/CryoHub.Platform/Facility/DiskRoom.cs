namespace CryoHub.Platform.Facility;

/// <summary>Bytes of the disk on which the file store lies.</summary>
internal sealed record DiskRoom(long Free, long Size)
{
    public double FreePercent => Size > 0 ? 100.0 * Free / Size : 0;
}

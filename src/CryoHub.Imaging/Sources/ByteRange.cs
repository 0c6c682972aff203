namespace CryoHub.Imaging.Sources;

/// <summary>The one check every byte source makes.</summary>
public static class ByteRange
{
    public static void Check(long offset, long count, long length)
    {
        if (offset < 0 || count > length - offset)
        {
            throw ProblemException.Unreadable($"Bytes {offset} to {offset + count} were asked for; the file holds {length} bytes.");
        }
    }
}

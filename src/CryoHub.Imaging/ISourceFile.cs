namespace CryoHub.Imaging;

/// <summary>A file and, by name only, the files that came with it (.rpl with .raw, .mdoc beside .mrc, a folder's members).</summary>
public interface ISourceFile
{
    string Name { get; }

    IByteSource Bytes { get; }

    /// <summary>The bytes of a file in the same upload or folder; <c>null</c> where there is none of that name. Never a path.</summary>
    IByteSource? Sibling(string name);
}

namespace CryoHub.Imaging;

/// <summary>A file and, by name only, the files that came with it (.rpl with .raw, .mdoc beside .mrc, a folder's members).</summary>
public interface ISourceFile
{
    string Name { get; }

    IByteSource Bytes { get; }

    /// <summary>The bytes of a file in the same upload or folder; <c>null</c> where there is none of that name. Never a path.</summary>
    IByteSource? Sibling(string name);

    /// <summary>
    /// The bytes of a file that a project file names with folders of its own: a sibling, or the only file of that name in the folders below; <c>null</c> where
    /// there is none, or several. Never a path.
    /// </summary>
    IByteSource? Member(string name) => Sibling(name);
}

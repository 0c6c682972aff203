namespace CryoHub.Imaging.Sources;

/// <summary>A file on disk; its siblings are the plain files of the same folder.</summary>
public sealed class FolderFile(string path) : ISourceFile, IDisposable
{
    private readonly FileByteSource bytes = new(path);
    private readonly Dictionary<string, FileByteSource> siblings = [];

    public string Name => Path.GetFileName(path);

    public IByteSource Bytes => bytes;

    public IByteSource? Sibling(string name)
    {
        if (name != Path.GetFileName(name) || name is "" or "." or "..")
        {
            return null;
        }

        if (siblings.TryGetValue(name, out var open))
        {
            return open;
        }

        var file = new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name));
        return file.Exists && file.LinkTarget is null ? siblings[name] = new FileByteSource(file.FullName) : null;
    }

    public void Dispose()
    {
        bytes.Dispose();
        foreach (var sibling in siblings.Values)
        {
            sibling.Dispose();
        }
    }
}

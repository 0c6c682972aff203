namespace CryoHub.Imaging.Sources;

/// <summary>A file on disk; its siblings are the plain files of the same folder.</summary>
public sealed class FolderFile(string path) : ISourceFile, IDisposable
{
    private const int DeepestFolder = 3;
    private const int MostMembers = 20_000;

    private readonly FileByteSource bytes = new(path);
    private readonly Dictionary<string, FileByteSource> siblings = [];
    private ILookup<string, string>? below;

    public string Name => Path.GetFileName(path);

    public IByteSource Bytes => bytes;

    public IByteSource? Sibling(string name)
    {
        if (name != Path.GetFileName(name) || name is "" or "." or ".." || name.Any(char.IsControl))
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

    public IByteSource? Member(string name)
    {
        if (Sibling(name) is { } beside)
        {
            return beside;
        }

        var links = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, AttributesToSkip = FileAttributes.ReparsePoint };
        below ??= Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*", links).Take(MostMembers).ToLookup(file => Path.GetFileName(file));
        return below[name].ToList() is [var only] ? siblings[name] = new FileByteSource(only) : null;
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

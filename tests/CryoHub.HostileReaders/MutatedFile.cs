using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.HostileReaders;

/// <summary>A damaged file beside its healthy siblings.</summary>
public sealed class MutatedFile(string path, byte[] bytes) : ISourceFile, IDisposable
{
    private readonly FolderFile folder = new(path);

    public string Name => Path.GetFileName(path);

    public IByteSource Bytes { get; } = new MemoryByteSource(bytes);

    public IByteSource? Sibling(string name) => folder.Sibling(name);

    public void Dispose() => folder.Dispose();
}

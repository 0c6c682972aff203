using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.HostileReaders.Fuzz;

/// <summary>A real file whose bytes were changed; the files beside it are whole.</summary>
internal sealed class DamagedFile(FolderFile original, byte[] bytes) : ISourceFile
{
    public string Name => original.Name;

    public IByteSource Bytes { get; } = new MemoryByteSource(bytes);

    public IByteSource? Sibling(string name) => original.Sibling(name);
}

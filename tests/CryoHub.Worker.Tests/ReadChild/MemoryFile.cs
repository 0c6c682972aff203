using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Worker.Tests.ReadChild;

/// <summary>A file without a disk, and those beside it.</summary>
internal sealed class MemoryFile(string name, byte[] bytes, params (string Name, byte[] Bytes)[] siblings) : ISourceFile
{
    public string Name => name;

    public IByteSource Bytes { get; } = new MemoryByteSource(bytes);

    public IByteSource? Sibling(string sibling) => siblings.FirstOrDefault(known => known.Name == sibling).Bytes is { } found ? new MemoryByteSource(found) : null;
}

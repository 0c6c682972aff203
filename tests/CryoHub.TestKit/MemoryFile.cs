using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.TestKit;

/// <summary>A file made by a test, with the files beside it.</summary>
public sealed class MemoryFile(string name, ReadOnlyMemory<byte> bytes, params IReadOnlyDictionary<string, byte[]>[] beside) : ISourceFile
{
    public string Name => name;

    public IByteSource Bytes { get; } = new MemoryByteSource(bytes);

    public IByteSource? Sibling(string sibling) => beside.Select(files => files.TryGetValue(sibling, out var content) ? new MemoryByteSource(content) : null).FirstOrDefault(found => found is not null);
}

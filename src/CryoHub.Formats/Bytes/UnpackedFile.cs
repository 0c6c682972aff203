using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>What was inside a packed file; the files beside the packed one are beside it too.</summary>
internal sealed record UnpackedFile(string Name, IByteSource Bytes, Func<string, IByteSource?> Beside) : ISourceFile
{
    public IByteSource? Sibling(string name) => Beside(name);
}

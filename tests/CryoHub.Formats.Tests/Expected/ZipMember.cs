using System.IO.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>The only file of a zip archive: some authors publish their samples packed.</summary>
public sealed record ZipMember(string Name, IByteSource Bytes) : ISourceFile
{
    public static ZipMember Only(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var member = archive.Entries.Single(entry => entry.Length > 0);
        using var content = new MemoryStream();
        using var packed = member.Open();
        packed.CopyTo(content);
        return new ZipMember(member.Name, new MemoryByteSource(content.ToArray()));
    }

    public IByteSource? Sibling(string name) => null;
}

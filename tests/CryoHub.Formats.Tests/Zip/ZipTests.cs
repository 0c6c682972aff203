using System.IO.Compression;
using CryoHub.Formats.Tests.Mrc;
using CryoHub.Formats.Zip;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Zip;

public sealed class ZipTests
{
    private static readonly byte[] Image = MrcBytes.File(2, 1, 1, 0, [5, 6]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public async Task One_file_with_its_companions_is_read(CompressionLevel level)
    {
        var signals = await OpenAsync(level, ("folder/a.mrc", Image), ("folder/a.tlt", "1.5\n"u8.ToArray()), ("__MACOSX/._a.mrc", Image), ("readme.md", [1]));
        Assert.Equal([5, 6], await Assert.Single(signals).ValuesAsync());
    }

    [Fact]
    public async Task Several_instrument_files_are_refused_by_name()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(CompressionLevel.Fastest, ("a.mrc", Image), ("b.mrc", Image)));
        Assert.Contains("2 instrument files (a, b)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_unpacks()
    {
        var archive = Archive(CompressionLevel.SmallestSize, ("a.mrc", Image));
        var directory = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(archive.AsSpan(directory + 24), 2_000_000_000);    // 24: size when unpacked
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new ZipReader().OpenAsync(new MemoryFile("x.zip", archive), Ct));
        Assert.Contains("no packing can do that", problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(CompressionLevel level, params (string Name, byte[] Bytes)[] members) =>
        new ZipReader().OpenAsync(new MemoryFile("x.zip", Archive(level, members)), Ct);

    private static byte[] Archive(CompressionLevel level, params (string Name, byte[] Bytes)[] members)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                using var member = archive.CreateEntry(name, level).Open();
                member.Write(bytes);
            }
        }

        return content.ToArray();
    }
}

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
    public async Task Several_instrument_files_are_all_opened_and_a_readme_is_not()
    {
        var signals = await OpenAsync(CompressionLevel.Fastest, ("run/b.mrc", MrcBytes.File(2, 1, 1, 0, [7, 8])), ("run/a.mrc", Image), ("run/a.tlt", "1.5\n"u8.ToArray()), ("readme.txt", "measured at noon\n"u8.ToArray()));
        Assert.Equal([[5, 6], [7, 8]], await Task.WhenAll(signals.Select(async signal => (await signal.ValuesAsync()).ToArray())));
        Assert.Equal(["a", "b"], signals.Select(signal => signal.Header.Name[..1]));
    }

    /// <summary>A file beside another of its archive that cannot be read does not hide it.</summary>
    [Fact]
    public async Task A_damaged_file_does_not_hide_the_others()
    {
        var signals = await OpenAsync(CompressionLevel.Fastest, ("a.mrc", Image), ("b.mrc", Image[..1025]));
        Assert.Equal([5, 6], await Assert.Single(signals).ValuesAsync());
    }

    [Fact]
    public async Task Files_that_unpack_to_too_much_together_are_refused_by_name()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(CompressionLevel.Fastest, [.. Enumerable.Range(0, 101).Select(i => ($"{i}.mrc", Image))]));
        Assert.Contains("101 instrument files (0.mrc, ", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Two real series of one .emi file: the .ser files are opened by it, and not a second time.</summary>
    [Fact]
    public async Task Companions_of_another_name_are_not_offered_twice()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var folder = Path.GetDirectoryName(SharedData.PathOf("tia/03_Scanning Preview.emi"))!;
        var members = ((string[])["03_Scanning Preview.emi", "03_Scanning Preview_1.ser"]).Select(name => (name, File.ReadAllBytes(Path.Combine(folder, name)))).ToArray();
        Assert.Single(await OpenAsync(CompressionLevel.Fastest, members));
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

using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Emd;

/// <summary>The files come from data/make.py beside this test.</summary>
public sealed class EmdRefusalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("external-link.emd", "holds no Velox data and no numeric EMD array")]
    [InlineData("external-storage.emd", "/a/data keeps its values in other files")]
    [InlineData("virtual.emd", "/a/data keeps its values in other files")]
    [InlineData("huge.emd", "/a/data promises 8000000000000 bytes")]
    [InlineData("circle.emd", "nests or holds too many groups")]
    public async Task What_leads_out_of_the_file_or_never_ends_is_refused_in_words(string name, string words)
    {
        using var file = Open(name);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(file, Ct));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soft-link.emd", 4)]
    [InlineData("foreign-filter.emd", 64)]
    public async Task Soft_links_within_the_file_and_the_LZF_filter_are_followed(string name, long size)
    {
        using var file = Open(name);
        var signal = Assert.Single(await new Hdf5Reader().OpenAsync(file, Ct));
        Assert.All(signal.Header.Shape, points => Assert.Equal(size, points));
    }

    [Fact]
    public async Task A_cut_file_is_refused_with_its_size()
    {
        var bytes = await File.ReadAllBytesAsync(PathOf("deflated.emd"), Ct);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new Hdf5Reader().OpenAsync(new MemoryFile("x.emd", bytes.AsMemory(0, 1000)), Ct));
        Assert.Contains("x.emd (1000 bytes)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_in_filters_big_endian_numbers_and_dimensions_are_read()
    {
        using var file = Open("deflated.emd");
        var signal = Assert.Single(await new Hdf5Reader().OpenAsync(file, Ct));

        // Stored as [x, y] = 3 x + y; EMD shows the last dimension first.
        Assert.Equal([3L, 2], signal.Header.Shape);
        Assert.Equal([("y", 2.0, 0.5, "nm"), ("x", 1.0, 0.5, "nm")], signal.Header.Axes.Select(axis => (axis.Name, axis.Origin, axis.Step, axis.Unit)));
        var frame = new byte[signal.Header.FrameBytes];
        await signal.ReadFrameAsync(0, frame, Ct);
        Assert.Equal([0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5, 0], frame);
    }

    [Fact]
    public async Task Every_event_of_a_velox_stream_is_counted_once()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var file = Expected.ZipMember.Only(SharedData.PathOf("emd/velox_EELS_EDS.zip"));
        var map = (await new Hdf5Reader().OpenAsync(file, Ct)).Single(signal => signal.Header.Name == "EDS" && signal.Header.Kind == SignalKind.SpectrumImage);
        Assert.Equal([16L, 20, 4096], map.Header.Shape);
        var frame = new byte[map.Header.FrameBytes];
        var sum = 0L;
        for (var row = 0; row < 16; row++)
        {
            await map.ReadFrameAsync(row, frame, Ct);
            sum += System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(frame).ToArray().Sum(count => count);
        }

        Assert.Equal(11093, sum);       // the total that rosettasciio finds, though it folds the pixels into a wrong width
    }

    private static FolderFile Open(string name) => new(PathOf(name));

    private static string PathOf(string name) => Path.Combine(SharedData.Root, "tests/CryoHub.Formats.Tests/Emd/data", name);
}

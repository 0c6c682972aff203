using System.Buffers.Binary;
using CryoHub.Formats.Tvips;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Tvips;

public sealed class TvipsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 8, "uint8")]
    [InlineData(1, 16, "uint16")]
    [InlineData(2, 32, "uint32")]
    public async Task Both_versions_and_all_depths_are_read(int version, int bits, string type)
    {
        byte[] file = [.. Header(version, bits), .. Frame(version, bits, 7, 100, 250), .. Frame(version, bits, 8, 102, 750), 1, 2, 3];
        var signal = Assert.Single(await new TvipsReader().OpenAsync(new MemoryFile("x_000.tvips", file), Ct));
        Assert.Equal(type, signal.Header.Pixel.Name());
        Assert.Equal([7, 7, 8, 8], await signal.ValuesAsync());
        Assert.Equal(("s", 2.5), (signal.Header.Axes[0].Unit, signal.Header.Axes[0].Step));
        Assert.Equal("1970-01-01T00:01:40.25", signal.Header.Metadata.AcquiredAt);
    }

    [Fact]
    public async Task Any_part_opens_the_whole_recording()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        for (var part = 0; part < 3; part++)
        {
            using var file = new FolderFile(SharedData.PathOf($"tvips/test_tvips_2345_split_00{part}.tvips"));
            var values = await Assert.Single(await new TvipsReader().OpenAsync(file, Ct)).ValuesAsync();
            Assert.Equal(Enumerable.Range(0, 120).Select(i => (double)i), values);
        }
    }

    [Fact]
    public async Task A_later_part_alone_is_refused_in_words()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new TvipsReader().OpenAsync(new MemoryFile("x_002.tvips", new byte[500]), Ct));
        Assert.Contains("part 000", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Header(int version, int bits)
    {
        var header = new byte[version == 1 ? 64 : 256];
        foreach (var (offset, value) in ((int, int)[])[(0, header.Length), (4, version), (8, 2), (12, 1), (16, bits), (28, 1), (32, 1), (36, 3), (40, 200), (44, 5000), (48, version == 1 ? 0 : 64)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(offset), value);
        }

        return header;
    }

    private static byte[] Frame(int version, int bits, byte value, int seconds, int milliseconds)
    {
        var head = new byte[version == 1 ? 12 : 64];
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), seconds);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), milliseconds);
        var pixel = new byte[bits / 8];
        pixel[0] = value;
        return [.. head, .. pixel, .. pixel];
    }
}

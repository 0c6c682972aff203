using System.IO.Compression;
using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.TestKit;
using Tag = CryoHub.Formats.Tests.Tiff.TiffBytes.Tag;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class TiffRefusalTests
{
    [Fact]
    public async Task Pages_chained_in_a_circle_are_refused()
    {
        var tiff = new TiffBytes();
        var pixels = tiff.Append(new byte[4]);
        var first = tiff.Page(TiffBytes.Tags(2, 2, 8, pixels, 4));
        tiff.Page(TiffBytes.Tags(2, 2, 8, pixels, 4));
        tiff.Link(first);
        Assert.Contains("runs in a circle", await RefusalAsync(tiff.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_million_pages_are_refused_without_reading_them_all()
    {
        // Directories without tags, six bytes each: 2 for the count, 4 for the next offset.
        var bytes = new byte[8 + (6 * 1_000_000)];
        "II*\0"u8.CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), 8);
        for (var page = 0; page < 999_999; page++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(8 + (6 * page) + 2), 8 + (6 * (page + 1)));
        }

        Assert.Contains("more than 100000 pages", await RefusalAsync(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiles_without_width_are_refused() => Assert.Contains(
        "tile width of 0", await RefusalAsync(TiffBytes.Grey(2, 2, 8, new byte[4], false, new(322, 4, 0), new(323, 4, 16), new(324, 4, 8), new(325, 4, 4))), StringComparison.Ordinal);

    [Fact]
    public async Task A_header_that_promises_more_than_the_file_is_refused_with_the_numbers()
    {
        var message = await RefusalAsync(TiffBytes.Grey(1000, 1000, 16, new byte[100]));
        Assert.Contains("100 bytes", message, StringComparison.Ordinal);
        Assert.Contains("2000000", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strip_beyond_the_end_is_refused() =>
        Assert.Contains("4000000", await RefusalAsync(TiffBytes.Grey(2, 2, 8, new byte[4], false, new Tag(273, 4, 4_000_000))), StringComparison.Ordinal);

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(32946)]
    [InlineData(32773)]
    public async Task A_bomb_is_refused_before_anything_is_unpacked(int compression)
    {
        var zeros = Deflated(new byte[1000]);
        var message = await RefusalAsync(TiffBytes.Grey(30_000, 30_000, 8, zeros, false, new Tag(259, 3, compression)));
        Assert.Contains("900000000 bytes of pixels", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_strip_is_refused_with_the_reason_when_it_is_read()
    {
        var packed = Deflated(new byte[4096]);
        var signals = await new TiffReader().OpenAsync(new MemoryFile("x.tif", TiffBytes.Grey(128, 128, 8, packed, false, new Tag(259, 3, 8))), TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => signals[0].ReadFrameAsync(0, new byte[128 * 128], TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("strip 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ome_description_with_entities_is_refused()
    {
        const string Laughs = "<?xml version=\"1.0\"?><!DOCTYPE OME [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><OME>&b;</OME>";
        Assert.Contains("DTD", await RefusalAsync(TiffBytes.Grey(2, 2, 8, new byte[4], false, Tag.Of(270, Laughs))), StringComparison.Ordinal);
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<string> RefusalAsync(byte[] file)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new TiffReader().OpenAsync(new MemoryFile("x.tif", file), TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        return problem.Message;
    }
}

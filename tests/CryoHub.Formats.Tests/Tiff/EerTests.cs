using CryoHub.Formats.Tiff;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Tiff;

public sealed class EerTests
{
    private const int Width = 64;
    private const int Height = 48;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(65000, 8, 4, false)]
    [InlineData(65000, 8, 4, true)]
    [InlineData(65001, 7, 4, false)]
    [InlineData(65002, 5, 4, false)]
    [InlineData(65002, 12, 6, false)]
    [InlineData(65002, 9, 2, false)]
    public async Task Every_coding_gives_back_the_electrons(int compression, int runBits, int placeBits, bool olderFile)
    {
        var random = new Random(3);
        int[][] frames = [[.. Scattered(random, 0.005)], [.. Scattered(random, 0.3)], [], [0, 1, 2, (Width * Height) - 1], [.. Enumerable.Range(0, Width * Height)]];
        (int, int)[] sizes = compression == 65002 ? [(65007, runBits), (65008, placeBits / 2), (65009, placeBits - (placeBits / 2))] : [];
        var file = TestEer.File(Width, Height, compression, [.. frames.Select(frame => TestEer.Encode(frame, Width * Height, runBits, placeBits, olderFile))], "", sizes);
        var signal = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("x.eer", file), Ct));
        Assert.Equal([frames.Length, Height, Width], signal.Header.Shape);
        Assert.Equal(PixelType.UInt8, signal.Header.Pixel);
        var counts = new byte[Width * Height];
        for (var i = 0; i < frames.Length; i++)
        {
            await signal.ReadFrameAsync(i, counts, Ct);
            Assert.Equal(frames[i], Enumerable.Range(0, counts.Length).Where(pixel => counts[pixel] == 1));
            Assert.Equal(frames[i].Length, counts.Sum(count => count));
        }
    }

    [Fact]
    public async Task The_items_of_the_first_page_calibrate_and_date_the_movie()
    {
        const string metadata = """
            <?xml version="1.0" encoding="utf - 8"?><metadata><item name="commercialName">Falcon 4i</item><item name="exposureTime" unit="s">4.2</item>
            <item name="sensorPixelSize.width" unit="m">5e-11</item><item name="sensorPixelSize.height" unit="m">5e-11</item><item name="totalDose" unit="e/pixel">10</item>
            <item name="timestamp">2023-03-04T05:06:07</item></metadata>
            """;
        var file = TestEer.File(Width, Height, 65001, [TestEer.Encode([5], Width * Height, 7)], metadata);
        var header = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("x.eer", file), Ct)).Header;
        Assert.Equal("nm", header.Axes[^1].Unit);
        Assert.Equal(0.05, header.Axes[^1].Step, 1e-12);
        Assert.Equal(("Falcon 4i", 4.2, "2023-03-04T05:06:07"), (header.Metadata.Detector, header.Metadata.ExposureS, header.Metadata.AcquiredAt));
        Assert.Equal(10 / 0.25, header.Metadata.FluenceEPerA2!.Value, 1e-9);   // ten electrons on (0.5 angstrom)^2
    }

    [Fact]
    public async Task A_frame_whose_runs_miss_the_last_pixel_is_refused()
    {
        foreach (var total in (int[])[(Width * Height) - 9, (Width * Height) + 1, Width])
        {
            var file = TestEer.File(Width, Height, 65001, [TestEer.Encode([5], total, 7)]);
            var signal = Assert.Single(await new TiffReader().OpenAsync(new MemoryFile("x.eer", file), Ct));
            var problem = await Assert.ThrowsAsync<ProblemException>(async () => await signal.ReadFrameAsync(0, new byte[Width * Height], Ct));
            Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        }
    }

    private static IEnumerable<int> Scattered(Random random, double occupancy) => Enumerable.Range(0, Width * Height).Where(_ => random.NextDouble() < occupancy);
}

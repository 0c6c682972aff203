using CryoHub.Formats.Jeol;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Jeol;

public sealed class JeolMapTests
{
    // The second of four columns begins at 1024 of 4096, the second of two rows at 2048.
    private const ushort Row0 = 0x9000, Row1 = 0x9800, Column0 = 0x8000, Column1 = 0x8400, Column3 = 0x8C00, Channel7 = 0xB007;

    private static readonly ushort[] Sweep = [Row0, Column0, Channel7, Column1, Channel7, Row1, Column3, Channel7];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweeps_are_added_up_and_calibrated()
    {
        var map = Assert.Single(await OpenAsync([.. Sweep, .. Sweep]));
        Assert.Equal([2, 4, 4096], map.Header.Shape);
        Assert.Equal(PixelType.UInt8, map.Header.Pixel);
        Assert.Equal<int[]>([2, 2, 0, 0, 0, 0, 0, 2], await CountsAsync(map, 7));
        Assert.Equal(0.02, map.Header.Axes[2].Step);
        Assert.Equal(0.1 - (50 * 0.02), map.Header.Axes[2].Origin, 1e-12);
        Assert.Equal(100.0 / 10_000 * 1e3 / 4, map.Header.Axes[1].Step, 1e-9);
        Assert.Equal("2020-01-01T12:00:00", map.Header.Metadata.AcquiredAt);
    }

    [Fact]
    public async Task A_sweep_that_was_broken_off_is_left_out() =>
        Assert.Equal<int[]>([1, 1, 0, 0, 0, 0, 0, 1], await CountsAsync((await OpenAsync([.. Sweep, .. Sweep.Take(4)]))[0], 7));

    [Fact]
    public async Task A_single_sweep_that_was_broken_off_is_kept() => Assert.Equal<int[]>([1, 0, 0, 0, 0, 0, 0, 0], await CountsAsync((await OpenAsync([.. Sweep.Take(4)]))[0], 7));

    [Fact]
    public async Task Brightness_is_an_image_of_its_own()
    {
        var image = (await OpenAsync([Row0, Column0, 0xA005, Channel7, Column1, 0xA006, Row1, Column3, 0xA00C]))[1];
        Assert.Equal([2, 4], image.Header.Shape);
        Assert.Equal("6", (await image.ValueAtAsync([0, 1], Token)).ToString());
        Assert.Equal("12", (await image.ValueAtAsync([1, 3], Token)).ToString());
    }

    [Fact]
    public async Task A_channel_that_overflows_a_byte_makes_wider_counts()
    {
        ushort[] events = [Row0, Column0, .. Enumerable.Repeat(Channel7, 300), Row1, Column3];
        var map = (await OpenAsync(events))[0];
        Assert.Equal(PixelType.UInt16, map.Header.Pixel);
        Assert.Equal<int[]>([300, 0, 0, 0, 0, 0, 0, 0], await CountsAsync(map, 7));
    }

    [Fact]
    public async Task A_tree_without_end_is_refused()
    {
        var file = JeolBytes.Map(Sweep);
        for (var at = 304 + 12; at < file.Length; at++)
        {
            file[at] = 1;
        }

        var problem = await Assert.ThrowsAsync<ProblemException>(() => new JeolReader().OpenAsync(new MemoryFile("x.pts", file), Token));
        Assert.Contains("keyword of 16843009 bytes", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<ISignal>> OpenAsync(ushort[] events) => await new JeolReader().OpenAsync(new MemoryFile("x.pts", JeolBytes.Map(events)), Token);

    private static async Task<int[]> CountsAsync(ISignal map, int channel)
    {
        var counts = new int[8];
        for (var i = 0; i < 8; i++)
        {
            counts[i] = int.Parse((await map.ValueAtAsync([i / 4, i % 4, channel], Token)).ToString());
        }

        return counts;
    }
}

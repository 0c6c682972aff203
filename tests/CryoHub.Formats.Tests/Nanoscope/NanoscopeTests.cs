using System.Text;
using CryoHub.Formats.Nanoscope;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Nanoscope;

public sealed class NanoscopeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The head states a range of 439.9866 V for 16 bits and 15.068 nm/V; its first pixel is 2279.</summary>
    [Fact]
    public async Task Heights_are_range_times_sensitivity()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("afm/old_bruker.002"));
        var heights = (await new NanoscopeReader().OpenAsync(file, Token))[1];
        Assert.Equal("nm", heights.Header.ValueUnit);
        Assert.Equal(2279 * 439.9866 / 65536 * 15.068, (await heights.ValueAtAsync([0, 0], Token)).GetValue<double>(), 1e-3);     // single precision of 230
        Assert.Equal(15.0 / 256, heights.Header.Axes[1].Step);
        Assert.Equal("µm", heights.Header.Axes[1].Unit);
    }

    [Fact]
    public async Task Several_images_keep_their_order()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("afm/full_multiple_images.txt"));
        var signals = await (await FormatCatalog.DetectAsync(file, Token)).OpenAsync(file, Token);
        Assert.Equal(2, signals.Count(signal => signal.Header.Pixel == PixelType.Int16));
        Assert.Equal("-8417", (await signals[0].ValueAtAsync([0, 0], Token)).ToString());       // as in the expected values
    }

    [Theory]
    [InlineData(2, PixelType.Int16)]
    [InlineData(4, PixelType.Int32)]
    public async Task The_length_decides_between_two_and_four_bytes(int bytes, PixelType pixel)
    {
        var text = $"\\*File list\r\n\\Data length: 1024\r\n\\*Ciao image list\r\n\\Data offset: 1024\r\n\\Data length: {6 * bytes}\r\n\\Bytes/pixel: 2\r\n\\Samps/line: 3\r\n\\Number of lines: 2\r\n\\*File list end\r\n";
        byte[] file = [.. Encoding.Latin1.GetBytes(text.PadRight(1024, '\0')), .. Enumerable.Range(1, 6).SelectMany(i => BitConverter.GetBytes(i)[..bytes])];
        var signal = (await new NanoscopeReader().OpenAsync(new MemoryFile("x.spm", file), Token))[0];
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal("6", (await signal.ValueAtAsync([1, 2], Token)).ToString());
        Assert.False(signal.Header.Axes[0].IsCalibrated);
    }
}

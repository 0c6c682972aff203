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

    /// <summary>A scan of 3 x 2 points with curves of 2 + 2 values that count up from 1; the range of 65,536 V (or of 2^32 V) makes a step 1 V, the sensitivity 10 nm.</summary>
    [Theory]
    [InlineData(2, "65536", PixelType.Int16)]
    [InlineData(4, "4294967296", PixelType.Int32)]
    public async Task A_force_volume_has_a_curve_at_every_point(int bytes, string range, PixelType pixel)
    {
        var text = "\\*Force file list\r\n\\*Ciao scan list\r\n\\Scan Size: 3 ~m\r\n\\Samps/line: 3\r\n\\Lines: 2\r\n\\@Sens. DeflSens: V 10 nm/V\r\n\\*Ciao force image list\r\n\\Data offset: 1024\r\n"
            + $"\\Data length: {24 * bytes}\r\n\\Bytes/pixel: 2\r\n\\Samps/line: 2 2\r\n\\@4:Image Data: S [DeflectionError] \"Deflection Error\"\r\n\\@4:Z scale: V [Sens. DeflSens] (1 V/LSB) {range} V\r\n\\*Force file list end\r\n";
        byte[] file = [.. Encoding.Latin1.GetBytes(text.PadRight(1024, '\0')), .. Enumerable.Range(1, 24).SelectMany(i => BitConverter.GetBytes(i)[..bytes])];
        var signals = await new NanoscopeReader().OpenAsync(new MemoryFile("x.spm", file), Token);
        Assert.Equal(["Deflection Error", "Deflection Error (nm)"], signals.Select(signal => signal.Header.Name));
        Assert.Equal((pixel, SignalKind.SpectrumImage), (signals[0].Header.Pixel, signals[0].Header.Kind));
        Assert.Equal([("y", 2L, 1.5, "µm"), ("x", 3L, 1.0, "µm"), ("sample", 4L, 1.0, "")], signals[0].Header.Axes.Select(axis => (axis.Name, axis.Size, axis.Step, axis.Unit)));
        Assert.Equal("24", (await signals[0].ValueAtAsync([1, 2, 3], Token)).ToString());
        Assert.Equal(140, (await signals[1].ValueAtAsync([1, 0, 1], Token)).GetValue<double>());
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

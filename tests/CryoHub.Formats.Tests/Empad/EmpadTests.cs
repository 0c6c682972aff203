using System.Runtime.InteropServices;
using CryoHub.Formats.Empad;
using CryoHub.Formats.Rpl;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Empad;

public sealed class EmpadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scan_beside_its_description_loses_the_two_rows_of_the_detector_and_is_calibrated()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var xml = await File.ReadAllBytesAsync(SharedData.PathOf("empad/map4x4.xml"), Ct);
        var stored = Enumerable.Range(0, 16 * 130 * 128).Select(i => (float)i).ToArray();
        var raw = MemoryMarshal.AsBytes(stored.AsSpan()).ToArray();
        var signal = Assert.Single(await new EmpadReader().OpenAsync(new MemoryFile("map4x4.xml", xml, new Dictionary<string, byte[]> { ["scan_x4_y4.raw"] = raw }), Ct));
        Assert.Equal([4, 4, 128, 128], signal.Header.Shape);
        Assert.Equal(5 * 130 * 128, (double)(await signal.ValueAtAsync([1, 1, 0, 0], Ct))!);

        // Full field 4.5663426505682195 um, 0.55 of it acquired in 4 points; 0.42906574394463665 mrad a pixel, pixel 64 in the middle.
        Assert.Equal(4566.3426505682195 * 0.55 / 4, signal.Header.Axes[1].Step, 1e-9);
        Assert.Equal(0.42906574394463665, signal.Header.Axes[3].Step, 1e-12);
        Assert.Equal(0, signal.Header.Axes[3].At(64), 1e-12);
        Assert.Equal((300, 0.001), (signal.Header.Metadata.BeamEnergyKeV, signal.Header.Metadata.ExposureS));
        Assert.Single(await new RplReader().OpenAsync(new MemoryFile("map4x4.raw", raw, new Dictionary<string, byte[]> { ["map4x4.xml"] = xml }), Ct));
    }

    [Fact]
    public async Task A_series_is_a_stack_and_a_short_file_is_refused()
    {
        var xml = """<root><raw_file filename="s.raw"/><scan_parameters mode="acquire"><series_count>2</series_count></scan_parameters></root>"""u8.ToArray();
        var raw = new byte[2 * 130 * 128 * 4];
        var signal = Assert.Single(await new EmpadReader().OpenAsync(new MemoryFile("s.xml", xml, new Dictionary<string, byte[]> { ["s.raw"] = raw }), Ct));
        Assert.Equal((SignalKind.ImageStack, 2), (signal.Header.Kind, signal.Header.Shape[0]));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new EmpadReader().OpenAsync(new MemoryFile("s.xml", xml, new Dictionary<string, byte[]> { ["s.raw"] = raw[..^4000] }), Ct));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }
}

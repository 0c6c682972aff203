using CryoHub.Formats.Jpk;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Jpk;

public sealed class JpkTests
{
    /// <summary>
    /// In segment 0 the first height is stored as FF FF ... or another short; the properties say x 0.00152587890660527 + 50.0000000116415 (V), then x -1e-6 + 1e-4
    /// (nominal), then the calibrated factor. The test does that arithmetic on the bytes of the archive.
    /// </summary>
    [Fact]
    public async Task A_height_is_encoder_then_nominal_then_calibrated()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        using var file = new FolderFile(SharedData.PathOf("afm/fmt-jpk-sr_cell1-0008.jpk-force"));
        var segments = await new JpkReader().OpenAsync(file, ct);
        Assert.Equal([256, 2048, 7680, 1951], segments.Select(segment => segment.Header.Shape[0]));     // 512, 4096, 15360 and 3902 bytes of shorts
        using var archive = System.IO.Compression.ZipFile.OpenRead(SharedData.PathOf("afm/fmt-jpk-sr_cell1-0008.jpk-force"));
        await using var height = archive.GetEntry("segments/0/channels/height.dat")!.Open();
        var stored = new byte[2];
        await height.ReadExactlyAsync(stored, ct);
        var volts = 50.00000001164153 + (0.0015258789066052714 * (short)((stored[0] << 8) | stored[1]));
        var expected = 0.586656 * (1e-4 - (1e-6 * volts));
        Assert.Equal(expected, (await segments[0].ValueAtAsync([0, 0], ct)).GetValue<double>(), 1e-18);
        Assert.Equal(("height", "m"), (segments[0].Header.Columns![0].Name, segments[0].Header.Columns![0].Unit));
        Assert.Equal(("vDeflection", "N"), (segments[0].Header.Columns![1].Name, segments[0].Header.Columns![1].Unit));
    }
}

using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.DigitalMicrograph;

public sealed class DmRealFilesTests
{
    [Theory]
    [InlineData("dm3/HAADF.dm3", SignalKind.TiltSeries)]
    [InlineData("dm3/multi_signal.dm3", SignalKind.Image)]
    [InlineData("dm3/dmTest_3D_int16_64,65,66.dm3", SignalKind.ImageStack)]
    [InlineData("dm3/EELS_STO.dm3", SignalKind.Spectrum)]
    [InlineData("dm3/ref_T_0_1.dm3", SignalKind.SpectrumLine)]
    [InlineData("dm4/EELS_SI.dm4", SignalKind.SpectrumImage)]
    public async Task The_tags_decide_the_kind(string name, SignalKind kind) => Assert.Equal(kind, (await OpenAsync(name)).Header.Kind);

    [Fact]
    public async Task A_tilt_series_states_its_angles()
    {
        var tilt = (await OpenAsync("dm3/HAADF.dm3")).Header.Axes[0];
        Assert.Equal(("tilt", "deg", AxisRole.Tilt), (tilt.Name, tilt.Unit, tilt.Role));
        Assert.Equal((-90, 90), (tilt.At(0), tilt.At(90)));
    }

    [Fact]
    public async Task An_unfolded_transform_is_that_of_a_real_image()
    {
        // F(-u, -v) = conj F(u, v) about the centre (2, 2) of 5 x 5 points; F(0, 0) = 50 is real.
        var signal = await OpenAsync("dm4/test_fft_packed_complex8.dm4");
        for (var y = 0; y < 5; y++)
        {
            for (var x = 0; x < 5; x++)
            {
                var here = await signal.ValueAtAsync([y, x], TestContext.Current.CancellationToken);
                var opposite = await signal.ValueAtAsync([4 - y, 4 - x], TestContext.Current.CancellationToken);
                Assert.Equal((double)here["re"]!, (double)opposite["re"]!, 1e-6);
                Assert.Equal((double)here["im"]!, -(double)opposite["im"]!, 1e-6);
            }
        }

        Assert.Equal(50, (double)(await signal.ValueAtAsync([2, 2], TestContext.Current.CancellationToken))["re"]!);
    }

    private static async Task<ISignal> OpenAsync(string name)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var file = new FolderFile(SharedData.PathOf(name));   // stays open as long as its signals are read
        return (await new DigitalMicrographReader().OpenAsync(file, TestContext.Current.CancellationToken))[0];
    }
}

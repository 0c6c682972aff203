using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Ser;

public sealed class SerCalibrationTests
{
    [Fact]
    public async Task The_origin_of_a_scanned_image_is_its_centre_in_nanometres()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("tia/16_STOimage_1.ser"));
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        var x = (await reader.OpenAsync(file, TestContext.Current.CancellationToken))[0].Header.Axes[1];
        Assert.Equal(-x.Size * x.Step / 2, x.Origin, 1e-6);
        Assert.Equal("nm", x.Unit);
    }
}

using System.Text;
using CryoHub.Formats.Autodoc;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Autodoc;

public sealed class AutodocTests
{
    [Fact]
    public async Task Sections_with_different_keys_share_a_table_and_leave_cells_empty()
    {
        const string Text = "PixelSpacing = 2.7\r\nVoltage = 300\r\n\r\n[T = a title = with equals]\r\n\r\n[ZValue = 0]\r\nTiltAngle = -3\r\nStagePosition = 1 2\r\n\r\n[FrameSet = 0]\r\nNote = first\r\nsecond line\r\n";
        var signals = await new AutodocReader().OpenAsync(new MemoryFile("a.mrc.mdoc", Encoding.UTF8.GetBytes(Text)), TestContext.Current.CancellationToken);
        var table = signals[0].Header;
        Assert.Equal([2, 4], table.Shape);
        Assert.Equal(["ZValue", "TiltAngle", "StagePosition", "Note"], table.Columns!.Select(column => column.Name));
        Assert.Equal(300, table.Metadata.BeamEnergyKeV);
        Assert.Equal("a title = with equals", (string?)table.Original.Root["titles"]![0]);
        Assert.Equal("first\nsecond line", (string?)table.Original.Root["sections"]![1]!["Note"]);
        Assert.Equal(SignalKind.Document, signals[1].Header.Kind);
        Assert.Equal("-3", (string?)signals[1].Header.Original.Find("ZValue = 0", "TiltAngle"));
    }
}

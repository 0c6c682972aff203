using System.Text;
using CryoHub.Formats.Star;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Star;

public sealed class StarTests
{
    [Fact]
    public async Task Blocks_of_items_and_of_rows_are_signals_of_their_own()
    {
        var signals = await OpenAsync("# version 30001\n\ndata_optics\n\n_rlnVoltage #1\n300.0\n_rlnName 'a b'\n\ndata_particles\n\nloop_\n_rlnX #1\n_rlnName #2\n1.5 a@b.mrc\n-inf \"\"\n\n");
        Assert.Equal([SignalKind.Document, SignalKind.Table], signals.Select(signal => signal.Header.Kind));
        Assert.Equal(300, (double)signals[0].Header.Original.Find("rlnVoltage")!);
        Assert.Equal("a b", (string?)signals[0].Header.Original.Find("rlnName"));
        Assert.Equal([2, 2], signals[1].Header.Shape);
        Assert.Equal(["rlnX", "rlnName"], signals[1].Header.Columns!.Select(column => column.Name));
        Assert.Equal(["a@b.mrc"], signals[1].Header.Columns![1].Words!);
        Assert.Equal("-Infinity", (string?)await signals[1].ValueAtAsync([1, 0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Windows_line_ends_and_a_value_that_begins_with_an_underscore_in_a_row_are_read()
    {
        var signal = Assert.Single(await OpenAsync("data_\r\nloop_\r\n_a\r\n_b\r\n1 _x\r\n2 _y\r\n"));
        Assert.Equal(["_x", "_y"], signal.Header.Columns![1].Words!);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string text) =>
        new StarReader().OpenAsync(new MemoryFile("x.star", Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}

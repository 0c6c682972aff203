using CryoHub.Formats.Xradia;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Xradia;

public sealed class XradiaLayoutTests
{
    private const int Side = 60;    // images of floats are then longer than the limit of small streams, bytes shorter

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(512, 3, PixelType.UInt8)]
    [InlineData(512, 5, PixelType.UInt16)]
    [InlineData(4096, 5, PixelType.UInt16)]
    [InlineData(4096, 10, PixelType.Float32)]
    public async Task Versions_and_types_of_the_container_give_the_stored_numbers(int sectorBytes, int type, PixelType pixel)
    {
        var signal = (await OpenAsync("x.txrm", new OleBytes(sectorBytes).File(Streams(type, 102))))[0];
        Assert.Equal(pixel, signal.Header.Pixel);
        Assert.Equal([102, Side, Side], signal.Header.Shape);
        Assert.Equal("101", (await signal.ValueAtAsync([100, 5, 7], Token)).ToString());      // the first image of the second folder
        Assert.Equal("7", (await signal.ValueAtAsync([6, Side - 1, Side - 1], Token)).ToString());
    }

    [Fact]
    public async Task Slices_are_a_volume_with_cubic_voxels()
    {
        var header = (await OpenAsync("x.txm", new OleBytes(512).File(Streams(10, 3))))[0].Header;
        Assert.Equal(SignalKind.Volume, header.Kind);
        Assert.All(header.Axes, axis => Assert.Equal(("µm", 0.5), (axis.Unit, axis.Step)));
    }

    [Fact]
    public async Task A_series_that_was_stopped_has_the_frames_that_are_stored() =>
        Assert.Equal([2, Side, Side], (await OpenAsync("x.txrm", new OleBytes(512).File([.. Streams(5, 3).Where(stream => stream.Item1 != "ImageData1/Image3")])))[0].Header.Shape);

    [Fact]
    public async Task A_chain_that_runs_in_a_circle_ends_where_the_stream_ends()
    {
        var signal = (await OpenAsync("x.txrm", new OleBytes(512) { Circular = true }.File(Streams(10, 1))))[0];
        Assert.Equal("1", (await signal.ValueAtAsync([Side - 1, Side - 1], Token)).ToString());
    }

    [Fact]
    public async Task A_table_that_runs_in_a_circle_is_refused()
    {
        var file = new OleBytes(512).File(Streams(5, 1));
        BitConverter.TryWriteBytes(file.AsSpan(68), 0);         // the table goes on in sector 0,
        BitConverter.TryWriteBytes(file.AsSpan(512 + 508), 0);  // which points to itself
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync("x.txrm", file));
        Assert.Contains("lists more than its", problem.Message, StringComparison.Ordinal);
    }

    private static (string, byte[])[] Streams(int type, int images)
    {
        var bytes = type switch { 3 => 1, 5 => 2, _ => 4 };
        (string, byte[])[] info =
        [
            ("ImageInfo/ImageWidth", BitConverter.GetBytes(Side)), ("ImageInfo/ImageHeight", BitConverter.GetBytes(Side)), ("ImageInfo/DataType", BitConverter.GetBytes(type)),
            ("ImageInfo/NoOfImages", BitConverter.GetBytes(images)), ("ImageInfo/PixelSize", BitConverter.GetBytes(0.5f)),
        ];
        return [.. info, .. Enumerable.Range(1, images).Select(image => ($"ImageData{((image - 1) / 100) + 1}/Image{image}", Pixels(image, bytes)))];
    }

    private static byte[] Pixels(int value, int bytes)
    {
        var one = bytes == 4 ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value)[..bytes];
        return [.. Enumerable.Repeat(one, Side * Side).SelectMany(pixel => pixel)];
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string name, byte[] file) => new XradiaReader().OpenAsync(new MemoryFile(name, file), Token);
}

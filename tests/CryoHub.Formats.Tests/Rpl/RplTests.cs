using System.Text;
using CryoHub.Formats.Rpl;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Rpl;

public sealed class RplTests
{
    private const string Vector = "key\tvalue\nwidth\t2\nheight\t1\ndepth\t2\noffset\t3\ndata-length\t2\ndata-type\tsigned\nbyte-order\tbig-endian\nrecord-by\tvector\nev-per-chan\t10\n";

    private static readonly byte[] Pixels = [9, 9, 9, 0, 1, 0, 2, 255, 255, 1, 0];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offset_and_byte_order_are_heeded_and_channels_are_electronvolts()
    {
        var signal = await OpenAsync(Vector);
        Assert.Equal(SignalKind.SpectrumLine, signal.Header.Kind);
        Assert.Equal([1, 2, -1, 256], await signal.ValuesAsync());
        Assert.Equal(("eV", 10), (signal.Header.Axes[1].Unit, signal.Header.Axes[1].Step));
    }

    [Fact]
    public async Task INCA_writes_brackets_and_colons()
    {
        var inca = "(MLX::key : value)\n" + string.Join('\n', Vector.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => $"(MLX::{line.Replace("\t", " : ", StringComparison.Ordinal)})"));
        Assert.Equal([1, 2, -1, 256], await (await OpenAsync(inca)).ValuesAsync());
    }

    [Fact]
    public async Task The_raw_file_opens_by_the_text_beside_it()
    {
        Dictionary<string, byte[]> beside = new() { ["x.rpl"] = Encoding.ASCII.GetBytes(Vector) };
        var signal = Assert.Single(await new RplReader().OpenAsync(new MemoryFile("x.raw", Pixels, beside), Ct));
        Assert.Equal([1, 2, -1, 256], await signal.ValuesAsync());
    }

    [Theory]
    [InlineData("width\t2", "width\t2000000000")]
    [InlineData("data-type\tsigned", "data-type\tfloat")]
    [InlineData("offset\t3", "offset\t-3")]
    [InlineData("depth\t2", "depth\ttwo")]
    public async Task What_does_not_fit_is_refused(string line, string wrong)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(Vector.Replace(line, wrong, StringComparison.Ordinal)));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }

    private static async Task<ISignal> OpenAsync(string text)
    {
        Dictionary<string, byte[]> beside = new() { ["x.raw"] = Pixels };
        return Assert.Single(await new RplReader().OpenAsync(new MemoryFile("x.rpl", Encoding.ASCII.GetBytes(text), beside), Ct));
    }
}

using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Nrrd;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Nrrd;

public sealed class NrrdTests
{
    private static readonly byte[] Numbers = [0, 1, 0, 2, 1, 0, 0, 5];     // 1, 2, 256, 5 with the high byte first

    private static readonly double[] Values = [1, 2, 256, 5];

    [Theory]
    [InlineData("raw")]
    [InlineData("gzip")]
    [InlineData("hex")]
    public async Task Attached_numbers_are_read_in_every_encoding(string encoding)
    {
        var signal = await OpenAsync($"encoding: {encoding}\nendian: big\n", Encode(encoding));
        Assert.Equal([2, 2], signal.Header.Shape);
        Assert.Equal(Values, await signal.ValuesAsync());
    }

    [Fact]
    public async Task Text_has_no_byte_order() =>
        Assert.Equal(Values, await (await OpenAsync("encoding: text\nendian: big\n", "1 2\n256\t5"u8.ToArray())).ValuesAsync());

    [Fact]
    public async Task A_detached_header_finds_its_numbers_beside_it_and_skips_what_it_is_told_to()
    {
        Dictionary<string, byte[]> beside = new() { ["n.raw"] = [.. "a line\n"u8, 9, 9, .. Numbers] };
        Assert.Equal(Values, await (await OpenAsync("encoding: raw\nendian: big\ndata file: ./n.raw\nline skip: 1\nbyte skip: 2\n", [], beside)).ValuesAsync());
        Assert.Equal(Values, await (await OpenAsync("encoding: raw\nendian: big\ndata file: n.raw\nbyte skip: -1\n", [], beside)).ValuesAsync());
    }

    [Theory]
    [InlineData("data file: LIST\na-1.raw\na-2.raw\n")]
    [InlineData("data file: a-%d.raw 1 2 1\n")]
    public async Task Several_files_continue_each_other(string stated)
    {
        Dictionary<string, byte[]> beside = new() { ["a-1.raw"] = Numbers[..4], ["a-2.raw"] = Numbers[4..] };
        Assert.Equal(Values, await (await OpenAsync($"encoding: raw\nendian: big\n{stated}", [], beside)).ValuesAsync());
    }

    [Fact]
    public async Task Space_directions_give_step_origin_and_unit()
    {
        var signal = await OpenAsync("encoding: raw\nendian: big\nspace directions: (0.5,0) (0,3)\nspace origin: (10,-6)\nspace units: \"nm\" \"nm\"\n", Numbers);
        Assert.Equal([(3, -6, "nm"), (0.5, 10, "nm")], signal.Header.Axes.Select(axis => (axis.Step, axis.Origin, axis.Unit)));
    }

    [Theory]
    [InlineData("encoding: raw\ndata file: n.raw\n")]
    [InlineData("encoding: lzma\n")]
    [InlineData("encoding: raw\nbyte skip: 4\n")]
    [InlineData("encoding: hex\n")]
    [InlineData("encoding: text\n")]
    [InlineData("encoding: gzip\n")]
    [InlineData("encoding: raw\ndata file: a-%d.raw 1 999999999 1\n")]
    public async Task What_is_missing_or_too_short_is_refused(string fields)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(async () => await (await OpenAsync(fields, Numbers)).ValuesAsync());
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
    }

    private static async Task<ISignal> OpenAsync(string fields, byte[] data, Dictionary<string, byte[]>? beside = null)
    {
        byte[] file = [.. Encoding.ASCII.GetBytes($"NRRD0005\n# comment\ntype: short\ndimension: 2\nsizes: 2 2\n{fields}\n"), .. data];
        return Assert.Single(await new NrrdReader().OpenAsync(new MemoryFile("x.nrrd", file, beside ?? []), TestContext.Current.CancellationToken));
    }

    private static byte[] Encode(string encoding)
    {
        if (encoding != "gzip")
        {
            return encoding == "raw" ? Numbers : Encoding.ASCII.GetBytes(Convert.ToHexString(Numbers).ToLowerInvariant().Insert(8, "\n"));
        }

        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(Numbers);
        }

        return packed.ToArray();
    }
}

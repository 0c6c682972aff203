using CryoHub.Formats.Bruker;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;
using static CryoHub.Formats.Tests.Bruker.BcfBytes;

namespace CryoHub.Formats.Tests.Bruker;

public sealed class BcfRefusalTests
{
    private static readonly (int, int, byte[]) Empty = (0, 0, []);

    [Fact]
    public async Task A_billion_laughs_in_the_header_are_refused()
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        var message = await RefusalAsync(File($"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{entities}]><x>&l9;</x>", Empty));
        Assert.Contains("DTD", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_nested_without_end_is_refused() =>
        Assert.Contains("nested deeper", await RefusalAsync(File(string.Concat(Enumerable.Repeat("<a>", 100_000)), Empty)), StringComparison.Ordinal);

    [Fact]
    public async Task A_header_in_an_unknown_encoding_is_refused() =>
        Assert.Contains("martian", await RefusalAsync(File("<?xml version=\"1.0\" encoding=\"martian\"?><x/>", Empty)), StringComparison.Ordinal);

    [Fact]
    public async Task A_map_of_another_size_than_its_image_is_refused_with_both() =>
        Assert.Contains("1 x 1 pixels", await RefusalAsync(File(Header(2, 16), Empty)), StringComparison.Ordinal);

    [Fact]
    public async Task An_image_larger_than_its_text_is_refused_with_both_numbers()
    {
        var header = Header(1, 16).Replace("<Height>1</Height>", "<Height>1000000</Height>", StringComparison.Ordinal).Replace("<Width>1<", "<Width>1000000<", StringComparison.Ordinal);
        Assert.Contains("1000000000000 bytes", await RefusalAsync(File(header, Empty)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pixel_data_that_run_out_of_the_stream_are_refused()
    {
        var file = File(Header(1, 16), (0, 0, new byte[8]));
        var size = file.AsSpan().IndexOf([.. Int(8), .. new byte[8]]);
        Int(500_000).CopyTo(file, size);
        Assert.Contains("500000 bytes", await RefusalAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_bytes_for_the_pulses_are_refused() =>
        Assert.Contains("1000 pulses of 12 bits", await RefusalAsync(File(Header(1, 16), (1, 1000, new byte[6]))), StringComparison.Ordinal);

    [Fact]
    public async Task A_block_that_inflates_beyond_its_size_ends_there()
    {
        // 64 MiB of spaces behind a claim of 100 bytes: the header is then no XML.
        var bomb = Compressed(Enumerable.Repeat((byte)' ', 64 << 20).ToArray(), 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("XML", await RefusalAsync(Container(bomb, [])), StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public async Task A_directory_larger_than_the_file_is_refused()
    {
        var file = File(Header(1, 16), Empty);
        Int(int.MaxValue).CopyTo(file, 0x144);
        Assert.Contains("directory claims", await RefusalAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_broken_file_of_the_peers_is_refused_in_words()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new FolderFile(SharedData.PathOf("bruker/Nope.bcf"));
        var reader = await FormatCatalog.DetectAsync(file, TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => reader.OpenAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains("AAMVHFSS", problem.Message, StringComparison.Ordinal);
        Assert.Contains("20 bytes", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(byte[] file)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new BcfReader().OpenAsync(new MemoryFile("x.bcf", file), TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        return problem.Message;
    }
}

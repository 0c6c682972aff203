using CryoHub.Formats.Semper;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Semper;

public sealed class SemperTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_title_without_a_label_and_both_byte_orders_are_read(bool bigEndian)
    {
        // columns 2, rows 2, layers 1, class 1 (image), form 1 (16 bits), flags: version 2, no label, a title of five characters
        var file = (byte[])[.. Record([.. Words(2, 2, 1, 1, 1, 20_005)]), .. Record("anode"u8.ToArray()), .. Record([.. Words(1, -2)]), .. Record([.. Words(300, 4)])];
        var signal = Assert.Single(await new SemperReader().OpenAsync(new MemoryFile("x.unf", file), TestContext.Current.CancellationToken));
        Assert.Equal([2, 2], signal.Header.Shape);
        Assert.Equal([1, -2, 300, 4], await signal.ValuesAsync());
        Assert.Equal("anode", (string)signal.Header.Original.Find("TITLE")!);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => new SemperReader().OpenAsync(new MemoryFile("x.unf", file[..^1]), TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);

        byte[] Record(byte[] content) => [.. Length(content.Length), .. content, .. Length(content.Length)];

        IEnumerable<byte> Words(params int[] words) => words.SelectMany(word => bigEndian ? [(byte)(word >> 8), (byte)word] : (byte[])[(byte)word, (byte)(word >> 8)]);

        byte[] Length(int value) => bigEndian ? [0, 0, 0, (byte)value] : [(byte)value, 0, 0, 0];
    }
}

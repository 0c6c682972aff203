using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.DigitalMicrograph;

public sealed class DmLayoutTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Both_versions_and_both_byte_orders_give_the_stored_numbers(bool version4, bool bigEndian)
    {
        var signal = (await OpenAsync(new DmBytes(version4, bigEndian).Image([1, -2, 300, -400, 5, 6], 3, 2)))[0];
        Assert.Equal([2, 3], signal.Header.Shape);
        Assert.Equal(-2, (short)await signal.ValueAtAsync([0, 1], TestContext.Current.CancellationToken));
        Assert.Equal(300, (short)await signal.ValueAtAsync([0, 2], TestContext.Current.CancellationToken));
        Assert.Equal(-400, (short)await signal.ValueAtAsync([1, 0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_image_that_promises_more_than_its_data_is_refused_with_the_numbers()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(new DmBytes(false, false).Image([1, 2, 3, 4], 1000, 1000)));
        Assert.Equal("The image promises 1000 x 1000 pixels of 2 bytes; its data holds 8 bytes.", problem.Message);
    }

    [Fact]
    public async Task A_cut_array_is_refused_with_the_numbers()
    {
        var file = new DmBytes(false, false).Image([1, 2, 3, 4], 2, 2);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(file[..^12]));
        Assert.Contains("promises 4 items of 2 bytes; the file holds 4 more bytes", problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(byte[] file) => new DigitalMicrographReader().OpenAsync(new MemoryFile("x.dm3", file), TestContext.Current.CancellationToken);
}

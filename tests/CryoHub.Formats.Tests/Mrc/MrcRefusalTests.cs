using System.Diagnostics;
using CryoHub.Formats.Mrc;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Mrc;

public sealed class MrcRefusalTests
{
    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, 2, "promises 18446744056529682436 bytes")]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, "promises 19807040600895968300706562046 bytes")]
    [InlineData(2097152, 2097152, 2097152, "promises 18446744073709551616 bytes")]   // 2^63 pixels
    [InlineData(-5, 10, 10, "-5 x 10 x 10")]
    [InlineData(0, 10, 10, "0 x 10 x 10")]
    [InlineData(10, 0, 10, "10 x 0 x 10")]
    [InlineData(10, 10, int.MinValue, "10 x 10 x -2147483648")]
    [InlineData(100, 100, 100, "promises 2000000 bytes of pixels (100 x 100 x 100, mode 1); the file holds 100")]
    public async Task A_header_that_promises_what_cannot_be_is_refused_at_once_with_the_numbers(int nx, int ny, int nz, string words)
    {
        var file = new MemoryFile("x.mrc", MrcBytes.File(nx, ny, nz, 1, new byte[100]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new MrcReader().OpenAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000);
    }

    [Fact]
    public async Task A_header_alone_is_refused_with_both_numbers()
    {
        var problem = await RefusalAsync(MrcBytes.File(2, 2, 1, 2, []));
        Assert.Equal("The header promises 16 bytes of pixels (2 x 2 x 1, mode 2); the file holds 0.", problem.Message);
    }

    [Fact]
    public async Task A_file_shorter_than_its_header_is_refused_with_both_numbers()
    {
        var problem = await RefusalAsync(MrcBytes.File(2, 2, 1, 2, new byte[16])[..700]);
        Assert.Equal("An MRC header takes 1024 bytes; the file holds 700.", problem.Message);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(99)]
    public async Task An_unknown_mode_is_named(int mode) => Assert.Contains($"mode {mode};", (await RefusalAsync(MrcBytes.File(2, 2, 1, mode, new byte[64]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_negative_extended_header_is_refused()
    {
        var file = MrcBytes.File(2, 2, 1, 0, new byte[4]);
        file.AsSpan(92, 4).Fill(0xFF);
        Assert.Contains("-1 bytes", (await RefusalAsync(file)).Message, StringComparison.Ordinal);
    }

    private static Task<ProblemException> RefusalAsync(byte[] file) =>
        Assert.ThrowsAsync<ProblemException>(() => new MrcReader().OpenAsync(new MemoryFile("x.mrc", file), TestContext.Current.CancellationToken));
}

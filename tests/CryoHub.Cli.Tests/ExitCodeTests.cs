namespace CryoHub.Cli.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("inspect")]
    [InlineData("inspect", "a.mrc", "--signal", "two")]
    [InlineData("convert", "a.mrc", "b.doc")]
    public async Task Wrong_usage_is_2(params string[] args)
    {
        var run = await Cli.RunAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Errors);
    }

    [Theory]
    [InlineData("empty.mrc", 0, "empty (0 bytes)")]
    [InlineData("cut.mrc", 700, "An MRC header takes 1024 bytes; the file holds 700.")]
    [InlineData("short.mrc", 1030, "The header promises 12 bytes of pixels (3 x 2 x 1, mode 1); the file holds 6.")]
    public async Task What_cannot_be_read_is_3_and_says_why(string name, int length, string words)
    {
        await File.WriteAllBytesAsync(scratch[name], TinyMrc.Bytes[..length], TestContext.Current.CancellationToken);
        foreach (var command in (string[][])[["inspect", scratch[name], "--json"], ["convert", scratch[name], scratch["out.tif"]]])
        {
            var run = await Cli.RunAsync(command);
            Assert.Equal(3, run.ExitCode);
            Assert.Empty(run.Output);
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal([scratch[name]], Directory.GetFiles(scratch.Path));   // nothing half-written is left
    }

    [Fact]
    public async Task A_missing_file_is_3()
    {
        var run = await Cli.RunAsync("inspect", scratch["absent.mrc"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("absent.mrc", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_that_is_not_there_is_3()
    {
        await File.WriteAllBytesAsync(scratch["tiny.mrc"], TinyMrc.Bytes, TestContext.Current.CancellationToken);
        var run = await Cli.RunAsync("inspect", scratch["tiny.mrc"], "--signal", "7");
        Assert.Equal((3, "Signal 7 was asked for; the file holds 1, counted from 0."), (run.ExitCode, run.Errors.Trim()));
    }

    public void Dispose() => scratch.Dispose();
}

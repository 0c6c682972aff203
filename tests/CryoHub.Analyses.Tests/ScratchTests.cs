using System.Diagnostics;

namespace CryoHub.Analyses.Tests;

public sealed class ScratchTests
{
    [Fact]
    public async Task A_scratch_file_has_no_name_so_that_a_killed_process_leaves_nothing_behind()
    {
        await using var file = Scratch.File();
        Assert.False(File.Exists(file.Name));
        await file.WriteAsync("three words here"u8.ToArray(), TestContext.Current.CancellationToken);
        using var other = Process.Start(new ProcessStartInfo("cat", [Scratch.PathForOthers(file)]) { RedirectStandardOutput = true })!;
        Assert.Equal("three words here", await other.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}

using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

public sealed class AnalysesTests
{
    [Fact]
    public async Task The_page_of_analyses_is_what_the_catalogue_says()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(SharedData.Root, "docs", "analyses.md"), TestContext.Current.CancellationToken);
        var made = (await Cli.RunAsync("analyses", "--markdown")).Output.ReplaceLineEndings("\n");
        Assert.True(page == made, "docs/analyses.md is out of date: run ./dev docs");
    }
}

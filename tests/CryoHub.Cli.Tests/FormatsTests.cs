using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

public sealed class FormatsTests
{
    [Fact]
    public async Task Formats_lists_what_is_read_and_what_is_written()
    {
        var document = (await Cli.RunAsync("formats", "--json")).Json;
        var keys = document["formats"]!.AsArray().Select(format => (string?)format!["key"]).ToList();
        Assert.Contains("mrc", keys);
        Assert.Contains("digital-micrograph", keys);
        Assert.Contains(".tif", document["writes"]!.AsArray().Select(writer => (string?)writer!["extension"]));
    }

    [Fact]
    public async Task Formats_for_a_person_names_the_endings()
    {
        var run = await Cli.RunAsync("formats");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(".dm4", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_formats_is_what_the_catalogue_says()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(SharedData.Root, "docs", "formats.md"), TestContext.Current.CancellationToken);
        var made = (await Cli.RunAsync("formats", "--markdown")).Output.ReplaceLineEndings("\n");
        Assert.True(page == made, "docs/formats.md is out of date: run ./dev docs");
    }
}

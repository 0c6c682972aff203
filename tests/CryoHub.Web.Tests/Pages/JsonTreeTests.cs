using System.Text.Json;
using Bunit;
using CryoHub.Web.Components;

namespace CryoHub.Web.Tests.Pages;

public sealed class JsonTreeTests : BunitContext
{
    private static readonly JsonElement Metadata = JsonDocument.Parse("""{"Microscope":{"Voltage":300000,"Name":"Krios"},"Camera":{"Exposure":1.5}}""").RootElement;

    [Fact]
    public void Without_words_every_branch_is_there() => Assert.Equal(2, Draw("").FindAll("summary").Count);

    [Fact]
    public void Words_leave_the_branches_that_contain_them_unfolded()
    {
        var tree = Draw("krios");

        Assert.Equal(["Microscope"], tree.FindAll("summary").Select(branch => branch.TextContent));
        Assert.Contains("Krios", tree.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Exposure", tree.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_found_by_its_name_shows_all_it_holds() => Assert.Contains("300000", Draw("microscope").Markup, StringComparison.Ordinal);

    private IRenderedComponent<JsonTree> Draw(string words) => Render<JsonTree>(parameters => parameters.Add(tree => tree.Node, Metadata).Add(tree => tree.Filter, words));
}

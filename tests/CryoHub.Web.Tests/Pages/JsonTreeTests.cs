using System.Text.Json;
using Bunit;
using CryoHub.Web.Components;

namespace CryoHub.Web.Tests.Pages;

public sealed class JsonTreeTests : BunitContext
{
    private static readonly JsonElement Metadata = JsonDocument.Parse("""{"Microscope":{"Voltage":300000,"Name":"Krios"},"Camera":{"Exposure":1.5}}""").RootElement;

    [Fact]
    public void Every_branch_can_be_unfolded_and_short_values_stand_beside_their_names()
    {
        var tree = Render<JsonTree>(parameters => parameters.Add(tree => tree.Node, Metadata));

        Assert.Equal(["Microscope", "Camera"], tree.FindAll("summary").Select(branch => branch.TextContent));
        Assert.Contains("Krios", tree.Markup, StringComparison.Ordinal);
    }
}

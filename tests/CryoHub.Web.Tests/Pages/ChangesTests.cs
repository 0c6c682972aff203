using System.Text.Json;
using Bunit;
using CryoHub.Web.Components;

namespace CryoHub.Web.Tests.Pages;

public sealed class ChangesTests : BunitContext
{
    [Fact]
    public void A_change_shows_old_and_new()
    {
        var changes = Draw("update", """{"name":"G-1","notes":null}""", """{"name":"G-2","notes":"washed"}""");
        Assert.Equal(["name", "notes"], changes.FindAll("dt").Select(field => field.TextContent));
        Assert.Equal(["G-1", "none"], changes.FindAll(".old").Select(old => old.TextContent));
        Assert.Contains("G-2", changes.FindAll("dd")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_made_shows_what_it_was_made_with_and_nothing_empty()
    {
        var changes = Draw("insert", "{}", """{"name":"G-1","notes":"","parent_id":null,"kind":"Grid"}""");
        Assert.Equal(["name", "kind"], changes.FindAll("dt").Select(field => field.TextContent));
        Assert.Empty(changes.FindAll(".old"));
    }

    private IRenderedComponent<Changes> Draw(string action, string before, string after) => Render<Changes>(parameters => parameters
        .Add(c => c.Action, action).Add(c => c.Before, JsonDocument.Parse(before).RootElement).Add(c => c.After, JsonDocument.Parse(after).RootElement));
}

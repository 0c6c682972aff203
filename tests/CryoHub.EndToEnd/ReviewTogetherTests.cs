using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Two people label the same picture without seeing each other's labels; the comparison says how far they agree.</summary>
public sealed class ReviewTogetherTests(Together together) : IClassFixture<Together>
{
    [Fact]
    public async Task A_blind_review_is_given_out_painted_handed_in_and_compared()
    {
        var (site, mateo) = (together.Site, together.Mateo);
        var ada = await together.OpenAsync(site.Api);
        await ada.GotoAsync(new Uri(site.Api.Address, $"/datasets/{together.Dataset}").ToString());
        await ada.ClickAsync("section[aria-label=Reviews] a.btn");
        await ada.FillAsync("#review-title", "Metal");
        await ada.FillAsync("#review-words", "Paint the metal.");
        await ada.ClickAsync("button:has-text('Give out')");
        await Assertions.Expect(ada.GetByRole(AriaRole.Alert)).ToContainTextAsync("0 are named");
        foreach (var box in await ada.Locator("fieldset input[type=checkbox]").AllAsync())
        {
            await box.CheckAsync();
        }

        await ViewSite.KeepAsync(ada, "review-new");
        await ada.ClickAsync("button:has-text('Give out')");
        await ada.WaitForURLAsync(new Regex("/reviews/[0-9a-f-]{36}$"));
        var review = ada.Url.Split('/')[^1];

        // Rectangles of 100 x 100 pixels, 20 columns apart: 8,000 in both, 12,000 in either.
        await PaintAsync(site.Api, review, 50);
        await PaintAsync(mateo, review, 70);
        var bob = await together.OpenAsync(mateo);
        await bob.GotoAsync(new Uri(site.Api.Address, $"/reviews/{review}").ToString());
        await Assertions.Expect(bob.Locator("tbody")).ToContainTextAsync("hidden until all have handed in");
        await bob.ClickAsync("a:has-text('Paint my part')");
        await bob.WaitForSelectorAsync("cryohub-viewer[data-ready=true][data-annotate=true]");
        await bob.GoBackAsync();
        await bob.ClickAsync("button:has-text('Hand in')");
        await Assertions.Expect(ada.Locator("tbody")).ToContainTextAsync("handed in");   // her page follows
        await ada.ClickAsync("button:has-text('Hand in')");
        await Assertions.Expect(bob.Locator("tbody")).Not.ToContainTextAsync("hidden until all have handed in");

        await ada.ClickAsync("button:has-text('Compare')");
        await Assertions.Expect(ada.GetByText("Open the comparison")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await ViewSite.KeepAsync(ada, "review-compared");
        var result = (string)(await site.Api.GetAsync($"/api/reviews/{review}"))["resultId"]!;
        var numbers = (await site.Api.GetAsync($"/api/results/{result}"))["items"]!.AsArray().Where(item => (string?)item!["kind"] == "number").ToDictionary(item => (string)item!["name"]!, item => item!);
        var label = (string)(await site.Api.GetAsync($"/api/datasets/{together.Dataset}/signals/0/paint")).AsArray()[0]!["labels"]![0]!["name"]!;
        Assert.Equal(0.8, Value(numbers[$"Dice, {label}"]), 1e-12);
        Assert.Equal(8000.0 / 12_000, Value(numbers[$"Jaccard, {label}"]), 1e-12);
        Assert.Equal(4000.0 / (320 * 240), Value(numbers["Share of pixels where somebody differs"]), 1e-12);
        await ada.ClickAsync("a:has-text('Open the comparison')");
        await Assertions.Expect(ada.Locator("main")).ToContainTextAsync("Disagreement");
        await ViewSite.KeepAsync(ada, "review-result");
    }

    private static double Value(JsonNode item) => double.Parse(item["content"]!["value"]!.ToString(), CultureInfo.InvariantCulture);

    private static async Task PaintAsync(ApiClient person, string review, int left)
    {
        var layer = (await person.GetAsync($"/api/reviews/{review}"))["reviewers"]!.AsArray().Single(one => (bool)one!["isMe"]!)!["layerId"];
        var runs = new JsonArray([.. Enumerable.Range(50, 100).SelectMany(row => new[] { 0, row, left, left + 99 }).Select(n => (JsonNode)n)]);
        await person.PostAsync($"/api/paint/{layer}/acts", new JsonObject
        {
            ["id"] = Guid.CreateVersion7().ToString(),
            ["act"] = "paint",
            ["stroke"] = new JsonObject { ["kind"] = "rows", ["label"] = 1, ["points"] = runs },
        });
    }
}

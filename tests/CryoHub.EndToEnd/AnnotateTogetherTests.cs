using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Two people with a browser each draw on one picture.</summary>
public sealed class AnnotateTogetherTests(Together together, ITestOutputHelper output) : IClassFixture<Together>
{
    [Fact]
    public async Task Two_people_draw_lose_the_network_clash_undo_and_crash_and_end_with_the_same_layer()
    {
        var (site, mateo) = (together.Site, together.Mateo);
        var left = await together.OpenAsync(site.Api);
        var right = await together.OpenAsync(mateo);
        await Assertions.Expect(left.Locator("[data-part=people] .who")).ToHaveAttributeAsync("aria-label", "Mateo Ruiz is here");

        await left.Keyboard.PressAsync("3");
        await left.Keyboard.PressAsync("u");
        await ClickAsync(left, (0.3, 0.3), (0.5, 0.3), (0.5, 0.6), (0.35, 0.65));
        var clock = Stopwatch.StartNew();
        await left.Keyboard.PressAsync("Enter");
        await ShowsAsync(left, 1);
        await ShowsAsync(right, 1);
        output.WriteLine($"seen by the other after {clock.ElapsedMilliseconds} ms");
        await right.Keyboard.PressAsync("e");
        await ClickAsync(right, (0.6, 0.2), (0.75, 0.4));
        await ShowsAsync(left, 2);
        await Assertions.Expect(left.Locator("[data-part=objects]")).ToContainTextAsync("Inorganic crystallite, polygon");

        await left.Context.SetOfflineAsync(true);
        await left.Keyboard.PressAsync("l");
        await ClickAsync(left, (0.1, 0.1), (0.2, 0.8));
        await Assertions.Expect(left.Locator("[data-part=sent]")).ToHaveTextAsync("Working offline, 1 change unsent");
        await right.Keyboard.PressAsync("t");
        await ClickAsync(right, (0.9, 0.9));
        await ShowsAsync(right, 3);
        await left.Context.SetOfflineAsync(false);
        await ShowsAsync(left, 4);
        await ShowsAsync(right, 4);
        await Assertions.Expect(left.Locator("[data-part=sent]")).ToHaveTextAsync("All sent");

        await left.Context.SetOfflineAsync(true);
        await LabelAsync(left, "polygon", "mine");
        await LabelAsync(right, "polygon", "theirs");
        await Assertions.Expect(right.Locator("[data-part=sent]")).ToHaveTextAsync("All sent");
        await left.Context.SetOfflineAsync(false);
        await Assertions.Expect(left.Locator(".clash h2")).ToHaveTextAsync("Mateo Ruiz has changed this too");
        await left.KeepAsync("annotate-clash-1280");
        await left.ClickAsync(".clash [value=both]");
        await ShowsAsync(right, 5);
        await left.Keyboard.PressAsync("Control+z");
        await ShowsAsync(right, 4);
        await left.Keyboard.PressAsync("Control+Shift+z");
        await ShowsAsync(right, 5);

        // The tab dies with something unsent; the next one sends it.
        await left.Context.SetOfflineAsync(true);
        await left.Keyboard.PressAsync("t");
        await ClickAsync(left, (0.15, 0.5));
        await Assertions.Expect(left.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-unsent", "1");
        left = await together.CrashAsync(site.Api, left);
        await ShowsAsync(left, 6);
        await ShowsAsync(right, 6);

        Assert.Equal(await ObjectsAsync(right), await ObjectsAsync(left));
        Assert.Equal(6, (int)(await site.Api.GetAsync($"/api/datasets/{together.Dataset}/signals/0/layer/shapes"))["total"]!);
        await left.ClickAsync("[data-tab=annotate]");
        await left.Locator("[data-part=objects] td button", new() { HasText = "theirs" }).ClickAsync();
        await ViewSite.KeepAsync(left, "annotate");
    }

    /// <summary>Clicks at parts of the canvas; the tool follows the mouse, so it is moved there first.</summary>
    private static async Task ClickAsync(IPage page, params (double X, double Y)[] places)
    {
        foreach (var (x, y) in places)
        {
            var (left, top) = await Together.PlaceAsync(page, x, y);
            await page.Mouse.MoveAsync(left - 2, top - 2);
            await page.Mouse.MoveAsync(left, top);
            await page.Mouse.ClickAsync(left, top);
        }
    }

    private async Task ShowsAsync(IPage page, int count)
    {
        try
        {
            await Assertions.Expect(page.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-shapes", count.ToString(CultureInfo.InvariantCulture), new() { Timeout = 15_000 });
        }
        catch (PlaywrightException)
        {
            await page.KeepAsync("annotate-failed");
            output.WriteLine($"The page says: {await page.InnerTextAsync(".stat")}; tool {await page.GetAttributeAsync("cryohub-viewer", "data-chosen")}");
            throw;
        }
    }

    private static async Task LabelAsync(IPage page, string words, string label)
    {
        await page.ClickAsync("[data-tab=annotate]");
        await page.Locator("[data-part=objects] td button", new() { HasText = words }).ClickAsync();
        await page.FillAsync("[data-field=shape-label]", label);
        await page.PressAsync("[data-field=shape-label]", "Enter");
        await page.Locator("[data-part=canvas]").FocusAsync();
    }

    /// <summary>Ids, names and sizes as the table shows them.</summary>
    private static async Task<IReadOnlyList<string>> ObjectsAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-part=objects] td.num", new() { HasText = "…" })).ToHaveCountAsync(0);
        return await page.Locator("[data-part=objects] tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.shape + ' ' + row.cells[0].innerText + ' ' + row.cells[1].innerText).sort()");
    }
}

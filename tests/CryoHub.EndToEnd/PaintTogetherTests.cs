using System.Globalization;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Two people with a browser each paint one layer.</summary>
public sealed class PaintTogetherTests(Together together, ITestOutputHelper output) : IClassFixture<Together>
{
    /// <summary>What a page shows of the layer, counted by colour: its own canvas, so what is compared is what a person sees.</summary>
    private const string Seen = """
        canvas => {
            const counts = {}, pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) {
                const key = `${pixels[i]},${pixels[i + 1]},${pixels[i + 2]}`;
                counts[key] = (counts[key] ?? 0) + 1;
            }
            return Object.entries(counts).map(([key, count]) => `${key}: ${count}`).sort();
        }
        """;

    [Fact]
    public async Task Two_people_paint_lose_the_network_undo_and_crash_and_end_with_the_same_labels()
    {
        var (site, mateo) = (together.Site, together.Mateo);
        var left = await together.OpenAsync(site.Api);
        var right = await together.OpenAsync(mateo);
        await left.Keyboard.PressAsync("b");
        await Assertions.Expect(left.Locator("[data-part=saved]")).ToHaveTextAsync("Make a label layer first, at the right.");
        await left.ClickAsync("[data-act=paint-new]");
        await right.Locator("[data-part=paint-labels] li").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        foreach (var page in new[] { left, right })
        {
            await ChooseAsync(page, "b");
            await page.FillAsync("[data-field=brush-radius]", "10");
        }

        await StrokeAsync(left, (0.2, 0.3), (0.5, 0.3));
        await PaintedAsync(right, 1);
        await ChooseAsync(right, "2");
        await StrokeAsync(right, (0.4, 0.2), (0.4, 0.6), (0.45, 0.6));
        await PaintedAsync(left, 2);

        // The network goes: work goes on, is told as unsent, and arrives once.
        await left.Context.SetOfflineAsync(true);
        await ChooseAsync(left, "3");
        await StrokeAsync(left, (0.3, 0.7), (0.6, 0.7));
        await StrokeAsync(left, (0.3, 0.8), (0.6, 0.8));
        await Assertions.Expect(left.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-unsent-paint", "2");
        await Assertions.Expect(left.Locator("[data-part=sent]")).ToHaveTextAsync("Working offline, 2 unsent");
        await ChooseAsync(right, "x");
        await StrokeAsync(right, (0.35, 0.25), (0.35, 0.35));
        await PaintedAsync(right, 3);
        await left.Context.SetOfflineAsync(false);
        await PaintedAsync(left, 5);
        await PaintedAsync(right, 5);

        // One's own last stroke goes, the other's stays.
        await left.Keyboard.PressAsync("Control+z");
        await PaintedAsync(right, 6);
        await left.Keyboard.PressAsync("Control+Shift+z");
        await PaintedAsync(right, 7);
        await right.ClickAsync("[data-act=undo]");
        await PaintedAsync(left, 8);

        // The tab dies with something unsent; the next one sends it.
        await left.Context.SetOfflineAsync(true);
        await ChooseAsync(left, "y");
        await StrokeAsync(left, (0.7, 0.3), (0.85, 0.35), (0.8, 0.5), (0.7, 0.45));
        await Assertions.Expect(left.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-unsent-paint", "1");
        left = await together.CrashAsync(site.Api, left);
        await PaintedAsync(left, 9);
        await PaintedAsync(right, 9);

        // The tab dies with the button still down; what was drawn until a second before is painted by the next one.
        await ChooseAsync(left, "b");
        await MoveAsync(left, (0.1, 0.9), (0.3, 0.9));
        await Until.TrueAsync("the unfinished stroke to be kept", async () =>
        {
            await MoveAsync(left, (0.3, 0.9), (0.5, 0.9), isDown: true);
            return await left.EvaluateAsync<bool>("Object.keys(localStorage).some(key => key.startsWith('cryohub-unfinished-stroke'))");
        });
        left = await together.CrashAsync(site.Api, left);
        await PaintedAsync(left, 10);
        await PaintedAsync(right, 10);
        await ChooseAsync(left, "b");
        await ChooseAsync(right, "b");

        var seen = await SeenAsync(left);
        Assert.Equal(3, seen.Length);
        Assert.Equal(seen, await SeenAsync(right));
        await ViewSite.KeepAsync(left, "paint");

        // What was painted becomes data: analyses take it like any other.
        await left.ClickAsync("[data-act=paint-keep]");
        var kept = (await left.Locator("[data-part=paint-kept] a").GetAttributeAsync("href"))!.Split('/')[^1];
        await Until.TrueAsync("the labels to be read as a data set", async () => await site.Api.StatusOfDatasetAsync(kept) == "ready");
        var signal = await site.Api.GetAsync($"/api/datasets/{kept}/signals/0");
        Assert.Equal(("uint8", "320 240", 0, 3), ((string)signal["pixelType"]!, $"{signal["shape"]![1]} {signal["shape"]![0]}", (int)signal["statistics"]!["min"]!, (int)signal["statistics"]!["max"]!));
        var layer = Assert.Single((await site.Api.GetAsync($"/api/datasets/{together.Dataset}/signals/0/paint")).AsArray());
        Assert.Equal(10, (int)layer!["sequence"]!);
    }

    private static async Task ChooseAsync(IPage page, string key)
    {
        await page.Locator("[data-part=canvas]").FocusAsync();
        await page.Keyboard.PressAsync(key);
    }

    private static async Task StrokeAsync(IPage page, params (double X, double Y)[] path)
    {
        for (var i = 1; i < path.Length; i++)
        {
            await MoveAsync(page, path[i - 1], path[i], isDown: i > 1);
        }

        await page.Mouse.UpAsync();
    }

    private static async Task MoveAsync(IPage page, (double X, double Y) from, (double X, double Y) to, bool isDown = false)
    {
        var (left, top) = await Together.PlaceAsync(page, from.X, from.Y);
        await page.Mouse.MoveAsync(left, top);
        if (!isDown)
        {
            await page.Mouse.DownAsync();
        }

        (left, top) = await Together.PlaceAsync(page, to.X, to.Y);
        await page.Mouse.MoveAsync(left, top, new() { Steps = 8 });
    }

    /// <summary>The page shows everything up to an act, and nothing of it is a promise any more.</summary>
    private async Task PaintedAsync(IPage page, int sequence)
    {
        try
        {
            await Assertions.Expect(page.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-painted", sequence.ToString(CultureInfo.InvariantCulture), new() { Timeout = 15_000 });
            await Assertions.Expect(page.Locator("cryohub-viewer")).ToHaveAttributeAsync("data-unsent-paint", "0");
        }
        catch (PlaywrightException)
        {
            await page.KeepAsync("paint-failed");
            output.WriteLine($"The page says: {await page.InnerTextAsync(".stat")}; tool {await page.GetAttributeAsync("cryohub-viewer", "data-chosen")}");
            throw;
        }
    }

    private static Task<string[]> SeenAsync(IPage page) => page.Locator("canvas.paint").EvaluateAsync<string[]>(Seen);
}

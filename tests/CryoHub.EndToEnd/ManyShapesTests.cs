using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A picture with more shapes than a browser holds: density from afar, outlines near by, and each of them can be taken in hand.</summary>
public sealed class ManyShapesTests(ViewSite site) : IClassFixture<ViewSite>
{
    private const int Columns = 150, Count = 22_500, Close = 2_500;   // one every 8 pixels of a picture of 1,200, and more close together in a corner of 100
    private const double Step = 8;

    [Fact]
    public async Task Density_becomes_outlines_near_by_and_one_of_them_is_named_moved_and_taken_away()
    {
        var bytes = ColourTiff.Of(1200, 1200, (x, y) => ((byte)(40 + (x / 24)), (byte)(50 + (y / 24)), 90));
        var dataset = await site.UploadAsync("grains.tif", bytes);
        var layer = $"/api/datasets/{dataset}/signals/0/layer";
        foreach (var file in new[] { PolygonFile.Of(0, Count, Columns, Step), PolygonFile.Of(0, Close, 50, 2) })
        {
            await site.Api.PutAsync($"{layer}/imports/{Guid.CreateVersion7():D}?name=grains.geojson&makeClasses=true&leaveOut=false", file);
        }

        var page = await site.OpenViewerAsync(dataset);
        var crowd = page.Locator("[data-part=crowd]");
        await Assertions.Expect(crowd).ToHaveTextAsync("More than 20,000 objects in view: shown as density. Zoom in for their outlines.");
        await page.ClickAsync("[data-tab=annotate]");
        await Assertions.Expect(page.Locator("[data-part=object-count]")).ToHaveTextAsync("Objects, 0 of more than 20,000 in view listed");
        await Assertions.Expect(page.Locator("[data-part=classes]")).ToContainTextAsync("16,666");
        await ViewSite.KeepAsync(page, "shapes-density");

        // Polygon 75 * 150 + 75 has its middle at (604, 604), ten screen pixels to each of the picture.
        page = await site.OpenViewerAsync(dataset, "?x=604&y=604&zoom=10");
        crowd = page.Locator("[data-part=crowd]");
        await page.ClickAsync("[data-tab=annotate]");
        await Assertions.Expect(page.Locator("[data-part=object-count]")).ToContainTextAsync(" in view listed");
        await Assertions.Expect(crowd).ToBeHiddenAsync();
        await page.Locator("[data-part=canvas]").FocusAsync();
        await page.Keyboard.PressAsync("v");
        var (left, top) = await Together.PlaceAsync(page, 0.5, 0.5);
        await page.Mouse.ClickAsync(left, top);
        await Assertions.Expect(page.Locator("[data-part=chosen]")).ToBeVisibleAsync();
        await page.FillAsync("[data-field=shape-label]", "the one in the middle");
        await page.PressAsync("[data-field=shape-label]", "Enter");
        await Assertions.Expect(page.Locator("[data-part=objects] tbody")).ToContainTextAsync("the one in the middle");
        await ViewSite.KeepAsync(page, "shapes-outlines");
        await page.Locator("[data-part=canvas]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        var moved = await Until.FoundAsync("the shape to be moved", async () => (await HereAsync()) is [{ } one] && (int)one["revision"]! == 3 ? one : null);
        Assert.Equal("the one in the middle", (string)moved["label"]!);
        Assert.Equal(604 + 1 + (0.48 * Step), (double)moved["rings"]![0]![0]!, 0.011);   // written with two decimals, moved by one pixel

        await page.Keyboard.PressAsync("Delete");
        await Until.TrueAsync("the shape to be gone", async () => (await HereAsync()).Count == 0);
        await page.Mouse.ClickAsync(left, top);
        await Assertions.Expect(page.Locator("[data-part=chosen]")).ToBeHiddenAsync();   // the tile shows it no more
        await page.Keyboard.PressAsync("Control+z");
        await Until.TrueAsync("the shape to be back", async () => (await HereAsync()).Count == 1);
        Assert.Equal(Count + Close, (await site.Api.GetAsync($"{layer}/classes")).AsArray().Sum(one => (int)one!["shapes"]!));

        async Task<JsonArray> HereAsync() => (await site.Api.GetAsync($"{layer}/shapes?left=603&top=603&right=605&bottom=605"))["items"]!.AsArray();
    }
}

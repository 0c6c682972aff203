using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>An alignment is corrected by hand: a marker is dragged, a view excluded, and it is aligned again from there.</summary>
public sealed class BeadCorrectionTests(ViewSite site) : IClassFixture<ViewSite>
{
    private const int Size = 160;
    private static readonly double[] Degrees = [-40, -30, -20, -10, 0, 10, 20, 30, 40];
    private static readonly (double X, double Y, double Z)[] Beads = [(-50, -45, 5), (-20, 30, -12), (15, -20, 10), (40, 40, 0), (55, -50, -6), (-45, 5, 8)];

    [Fact]
    public async Task A_marker_is_dragged_a_view_excluded_and_the_series_aligned_again()
    {
        var series = await site.UploadAsync("beads.mrc", TestMrc.Of(Size, Size, Degrees.Length, Value));
        var job = await site.Api.SubmitAsync(site.Project, "tilt-align", "signal", series, new JsonObject
        {
            ["method"] = "beads",
            ["beadDiameter"] = 8,
            ["rotationAngle"] = 0,
            ["angles"] = new JsonArray([.. Degrees.Select(angle => (JsonNode)angle)]),
        });
        var first = await ResultAsync(job);
        var before = (await MarkersAsync(first)).First(row => row.View == 5);

        var page = await site.OpenAsync($"/results/{first}");
        await page.ClickAsync("a:has-text('Correct the markers')");
        await page.WaitForSelectorAsync("cryohub-beads[data-ready]");
        await ViewSite.KeepAsync(page, "beads");

        var canvas = (await page.Locator("[data-part=marks]").BoundingBoxAsync())!;
        var scale = canvas.Width / Size;
        var (x, y) = (canvas.X + ((before.Column + 0.5) * scale), canvas.Y + ((before.Row + 0.5) * scale));
        await page.Mouse.MoveAsync((float)x, (float)y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((float)(x + (3 * scale)), (float)(y + (2 * scale)), new() { Steps = 4 });
        await page.Mouse.MoveAsync((float)(x + (6 * scale)), (float)(y + (4 * scale)));
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("[data-part=place]")).ToContainTextAsync("placed by hand");
        await page.FocusAsync("[data-part=marks]");
        await page.Keyboard.PressAsync("PageDown");
        await page.CheckAsync("[data-part=exclude]");
        await Assertions.Expect(page.Locator("[data-part=says]")).ToHaveTextAsync("1 place changed, 1 view excluded.");
        await page.ClickAsync("[data-part=run]");
        await page.WaitForURLAsync("**/jobs/**");

        var second = await ResultAsync(page.Url.Split('/')[^1]);
        var after = await MarkersAsync(second);
        Assert.DoesNotContain(after, row => row.View == 6);
        var moved = after.Single(row => row.View == 5 && row.Marker == before.Marker);
        Assert.Equal(before.Column + 6, moved.Column, 0.8); // a pixel on the screen is less than one of the picture
        Assert.Equal(before.Row + 4, moved.Row, 0.8);
        Assert.True(moved.Residual > 3, $"{moved.Residual} px"); // robust fitting leaves it where it was put, off the model
        Assert.Contains((await site.Api.GetAsync($"/api/results/{second}"))["provenance"]!["inputs"]!.AsArray(), input => (string)input!["role"]! == "fiducials");
    }

    /// <summary>Dark discs of 8 px on a ground of 20 with a ripple, turned about the upright axis.</summary>
    private static float Value(int x, int y, int view)
    {
        var (sin, cos) = Math.SinCos(Degrees[view] * Math.PI / 180);
        var value = 20 + (0.3f * (((x * 7) + (y * 13) + (view * 5)) % 11 / 11f));
        foreach (var bead in Beads)
        {
            var distance = double.Hypot(x - 79.5 - (bead.X * cos) - (bead.Z * sin), y - 79.5 - bead.Y);
            value -= 6 * (float)Math.Clamp(4.5 - distance, 0, 1);
        }

        return value;
    }

    private async Task<string> ResultAsync(string job)
    {
        await Until.TrueAsync("the alignment", async () => (string)(await site.Api.JobAsync(job))["status"]! is "succeeded" or "failed");
        return (string?)(await site.Api.JobAsync(job))["resultId"] ?? throw new InvalidOperationException($"The alignment failed: {await site.Api.JobAsync(job)}");
    }

    private async Task<List<(int View, int Marker, double Column, double Row, double Residual)>> MarkersAsync(string result)
    {
        var table = (await site.Api.GetAsync($"/api/results/{result}"))["items"]!.AsArray().Single(item => (string)item!["name"]! == "Marker positions")!["content"]!["columns"]!.AsArray();
        double[] Of(string name) => [.. table.Single(column => (string)column!["name"]! == name)!["values"]!.AsArray().Select(value => (double)value!)];
        double[] views = Of("View"), markers = Of("Marker"), columns = Of("Column"), rows = Of("Row"), residuals = Of("Residual");
        return [.. views.Select((view, i) => ((int)view, (int)markers[i], columns[i], rows[i], residuals[i]))];
    }
}

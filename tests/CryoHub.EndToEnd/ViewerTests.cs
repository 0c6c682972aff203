using System.Text.RegularExpressions;
using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>What the workbench shows of pictures: the values under the cursor are the file's.</summary>
public sealed partial class ViewerTests(ViewSite site) : IClassFixture<ViewSite>
{
    /// <summary>The expected numbers stand in expected/dm4/test_fft_packed_complex8.dm4.json: 50 at row 2, column 2, and the modulus of all pixels is 50 at most.</summary>
    [Fact]
    public async Task A_complex_picture_shows_modulus_phase_and_both_parts_and_reads_out_the_number_itself()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var page = await site.OpenViewerAsync(await site.UploadRealAsync("dm4/test_fft_packed_complex8.dm4"));
        await PointAsync(page, 2.5, 2.5, columns: 5, rows: 5);
        await Assertions.Expect(page.Locator("[data-part=value]")).ToContainTextAsync("50 − 0 i; modulus 50.00, phase 0 rad");

        foreach (var part in (string[])["phase", "real", "imaginary"])
        {
            await page.SelectOptionAsync("[data-field=shown]", part);
            await page.WaitForURLAsync($"**shown={part}**");
            await Assertions.Expect(page.Locator("[data-part=problem]")).ToBeHiddenAsync();
        }

        await page.SelectOptionAsync("[data-field=shown]", "phase");
        await Assertions.Expect(page.Locator("[data-field=high]")).ToHaveValueAsync("3.14159");
        await ViewSite.KeepAsync(page, "viewer-complex");
    }

    /// <summary>The pixels are made here: what is read out must be they, channel by channel.</summary>
    [Fact]
    public async Task A_colour_picture_reads_out_its_three_channels()
    {
        var page = await site.OpenViewerAsync(await site.UploadAsync("colour.tif", ColourTiff.Of(4, 3, (x, y) => ((byte)(10 * x), (byte)(200 - y), 255))));
        await PointAsync(page, 3.5, 1.5, columns: 4, rows: 3);
        await Assertions.Expect(page.Locator("[data-part=value]")).ToHaveTextAsync("value 30, 199, 255");
        await ViewSite.KeepAsync(page, "viewer-colour");
    }

    [Fact]
    public async Task Pixel_sizes_are_told_in_the_unit_one_reads()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var page = await site.OpenViewerAsync(await site.UploadRealAsync("dm3/HAADF.dm3"));
        var said = await page.Locator("[data-part=calibration]").InnerTextAsync();
        Assert.Matches(ReadableSize(), said);
        await page.ClickAsync("[data-tab=details]");
        await page.FillAsync("[aria-label='Find in the metadata']", "voltage");
        await Assertions.Expect(page.Locator(".tree mark").First).ToBeVisibleAsync();
        await page.PressAsync("[aria-label='Find in the metadata']", "ArrowDown");
        await page.Keyboard.PressAsync("End");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".tree .says")).ToContainTextAsync("Copied the value of");
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Equal(await page.Locator(".tree [aria-selected=true] span").InnerTextAsync(), copied);
        await ViewSite.KeepAsync(page, "viewer-metadata");
    }

    /// <summary>Puts the cursor on a place of the picture, which begins fitted: as large as the canvas allows, and in its middle.</summary>
    internal static async Task PointAsync(IPage page, double x, double y, int columns, int rows)
    {
        await page.ClickAsync("[data-act=fit]");
        var canvas = (await page.Locator("[data-part=canvas]").BoundingBoxAsync())!;
        var scale = Math.Min(canvas.Width / columns, canvas.Height / rows);
        scale = Math.Min(scale, 64);   // the viewer's largest zoom
        var (left, top) = (canvas.X + ((canvas.Width - (scale * columns)) / 2), canvas.Y + ((canvas.Height - (scale * rows)) / 2));
        await page.Mouse.MoveAsync((float)(left + (scale * x) - 1), (float)(top + (scale * y)));
        await page.Mouse.MoveAsync((float)(left + (scale * x)), (float)(top + (scale * y)));
    }

    [GeneratedRegex(@"^\d{1,3}\.?\d* (pm|nm|µm|Å)/px$")]
    private static partial Regex ReadableSize();
}

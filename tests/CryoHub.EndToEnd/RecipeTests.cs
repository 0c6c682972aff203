using System.Globalization;
using System.Text.RegularExpressions;
using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A segmentation is worked out on one slice, kept under a name and run on another volume.</summary>
public sealed partial class RecipeTests(ViewSite site) : IClassFixture<ViewSite>
{
    private const int Size = 256;

    [Fact]
    public async Task A_recipe_is_tried_on_a_slice_kept_and_run_on_another_volume()
    {
        var first = await site.UploadAsync("porous.mrc", TestMrc.Of(Size, Size, 12, (x, y, z) => Value(x, y, z, 60)));
        var second = await site.UploadAsync("another.mrc", TestMrc.Of(Size, Size, 12, (x, y, z) => Value(x, y, z, 40)));
        var page = await site.OpenAsync($"/projects/{site.Project}/run/volume-segment?input={first}");
        await AnsweredAsync(page);

        // A disc of radius 60 in a slice of 256 x 256: 17.26 %; the filter rounds corners the disc does not have.
        Assert.Equal(Math.PI * 60 * 60 / (Size * Size) * 100, await PercentAsync(page), 0.3);
        await ViewSite.KeepAsync(page, "segment-preview");

        await page.GetByLabel("Step", new() { Exact = true }).Nth(1).SelectOptionAsync("threshold");
        await Assertions.Expect(page.Locator("[data-part=says]")).ToContainTextAsync("needs \"low\", \"high\" or both");
        await page.GetByLabel("Low").Nth(1).FillAsync("150");
        await page.GetByLabel("Low").Nth(1).PressAsync("Tab");
        await AnsweredAsync(page);
        Assert.Equal(Math.PI * 60 * 60 / (Size * Size) * 100, await PercentAsync(page), 0.3);

        await page.FillAsync("#recipe-name", "Pores of NMC");
        await page.ClickAsync(".recipes button:has-text('Save')");
        await Assertions.Expect(page.Locator("#recipe")).ToContainTextAsync("Pores of NMC");

        await page.GotoAsync(new Uri(site.Api.Address, $"/projects/{site.Project}/run/volume-segment?input={second}").ToString());
        await page.SelectOptionAsync("#recipe", new SelectOptionValue { Label = "Pores of NMC" });
        await Assertions.Expect(page.Locator(".recipes .help").First).ToContainTextAsync("Saved by");
        await AnsweredAsync(page);
        await Assertions.Expect(page.Locator("[data-part=legend]")).ToContainTextAsync(new Regex("7\\.[678] %")); // pi 40^2 / 256^2 = 7.67 %
        await ViewSite.KeepAsync(page, "segment-recipe");
        await page.ClickAsync("button:has-text('Run')");
        await page.WaitForURLAsync("**/jobs/**");
        var job = page.Url.Split('/')[^1];
        await Until.TrueAsync("the recipe to run", async () => (string)(await site.Api.JobAsync(job))["status"]! is "succeeded" or "failed");
        var result = (string)(await site.Api.JobAsync(job))["resultId"]!;
        var parameters = (await site.Api.GetAsync($"/api/results/{result}"))["provenance"]!["parameters"]!;
        Assert.Equal(("threshold", 150), ((string)parameters["steps"]![1]!["step"]!, (int)parameters["steps"]![1]!["low"]!));
    }

    /// <summary>The preview shows its labels; where it does not, what the page says in their place is the failure.</summary>
    private static async Task AnsweredAsync(IPage page)
    {
        try
        {
            await page.WaitForSelectorAsync("cryohub-slices[data-ready]", new() { Timeout = 60_000 });
        }
        catch (TimeoutException)
        {
            await page.KeepAsync("segment-unanswered");
            Assert.Fail($"The preview says: {string.Join(" ", await page.Locator("[data-part=says]").AllInnerTextsAsync())}; the page: {await page.Locator("main").InnerTextAsync()}");
        }
    }

    /// <summary>A cylinder of 200 on 100, with a ripple far below the step.</summary>
    private static float Value(int x, int y, int z, double radius) =>
        (double.Hypot(x - 127.5, y - 127.5) < radius ? 200 : 100) + (5 * ((((x * 7) + (y * 13) + (z * 29)) % 11) / 11f));

    private static async Task<double> PercentAsync(IPage page) =>
        double.Parse(Percent().Match(await page.Locator("[data-part=legend]").InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+\.\d) %")]
    private static partial Regex Percent();
}

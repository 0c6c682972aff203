using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>Data taken away again: in another format, or, where nobody reads them, as they came.</summary>
public sealed class ExportTests(ViewSite site) : IClassFixture<ViewSite>
{
    [Fact]
    public async Task A_picture_leaves_the_viewer_as_a_png_with_its_scale_bar_and_the_data_set_as_mrc()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var dataset = await site.UploadRealAsync("tia/16_STOimage_1.ser");
        var page = await site.OpenViewerAsync(dataset);
        var png = await ExportAsync(page, ".png");
        Assert.Equal("16_STOimage_1.png", png.SuggestedFilename);
        var picture = await File.ReadAllBytesAsync(await png.PathAsync(), ct);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        await Assertions.Expect(page.Locator("cryohub-export [role=status]")).ToHaveTextAsync(".png is ready");
        await ViewSite.KeepAsync(page, "viewer-export");
        await File.WriteAllBytesAsync(Screenshots.PathOf("export-scale-bar"), picture, ct);

        page = await site.OpenAsync($"/datasets/{dataset}");
        var mrc = await ExportAsync(page, ".mrc");
        var inspected = (await Finished.RunAsync(Built.Cli, ["inspect", await mrc.PathAsync(), "--json"])).Require();
        Assert.Contains("\"format\": \"mrc\"", inspected, StringComparison.Ordinal);
        await ViewSite.KeepAsync(page, "dataset-export");
    }

    [Fact]
    public async Task A_file_nobody_reads_is_kept_with_each_readers_reason_and_comes_back_as_it_was()
    {
        var bytes = new byte[] { 7, 7, 7, 7, 1, 2, 3, 4, 5, 6 };
        var dataset = await site.UploadAsync("strange.xyz123", bytes);
        var page = await site.OpenAsync($"/datasets/{dataset}");
        await Assertions.Expect(page.GetByText("No reader knows strange.xyz123: its 10 bytes begin with 0707070701020304")).ToBeVisibleAsync();
        var reasons = page.GetByRole(AriaRole.Region, new() { Name = "What the readers say" }).Locator("tbody tr");
        Assert.True(await reasons.CountAsync() > 10);
        await Assertions.Expect(reasons.Filter(new() { HasText = "MRC" }).First).ToContainTextAsync("its ending .xyz123 is not one of");
        await ViewSite.KeepAsync(page, "dataset-unreadable");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).First.ClickAsync());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    private static async Task<IDownload> ExportAsync(IPage page, string format)
    {
        await page.ClickAsync("cryohub-export summary");
        return await page.RunAndWaitForDownloadAsync(() => page.Locator("cryohub-export li button", new() { HasText = format }).ClickAsync());
    }
}

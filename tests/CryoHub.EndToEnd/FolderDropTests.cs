using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A folder of zarr chosen on the project page.</summary>
public sealed class FolderDropTests(ViewSite site) : IClassFixture<ViewSite>
{
    [Fact]
    public async Task A_folder_of_many_chunks_is_one_data_set_with_a_picture()
    {
        var above = Directory.CreateTempSubdirectory("folder-drop");
        var folder = ZspyFolder.Make(above, "scan.zspy");
        var page = await site.OpenAsync($"/projects/{site.Project}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Upload data" }).First.ClickAsync();
        var chooser = page.Locator("input.uppy-Dashboard-input[webkitdirectory]");
        await chooser.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await chooser.SetInputFilesAsync(folder.FullName);

        JsonArray rows = [];
        await Until.TrueAsync("the folder to be read", async () =>
        {
            rows = (await site.Api.GetAsync($"/api/datasets?projectId={site.Project}"))["items"]!.AsArray();
            return rows.Count > 0 && (string?)rows[0]!["status"] is "ready" or "unreadable" or "quarantined";
        });
        var dataset = Assert.Single(rows)!;
        Assert.Equal(("scan.zspy", "ready", "image"), ((string?)dataset["name"], (string?)dataset["status"], (string?)dataset["kind"]));

        // Chunk 5.7 holds 16 * 5 + 7 = 87 in its 4 x 4 pixels; the first of them is row 20, column 28.
        var viewer = await site.OpenViewerAsync((string)dataset["id"]!, "?x=29.5&y=21.5&zoom=16");
        var canvas = (await viewer.Locator("[data-part=canvas]").BoundingBoxAsync())!;
        await viewer.Mouse.MoveAsync((canvas.X + (canvas.Width / 2)) - 2, canvas.Y + (canvas.Height / 2));
        await viewer.Mouse.MoveAsync(canvas.X + (canvas.Width / 2), canvas.Y + (canvas.Height / 2));
        await Assertions.Expect(viewer.Locator("[data-part=value]")).ToHaveTextAsync("value 87");
        await page.KeepAsync("upload-folder");
        above.Delete(recursive: true);
    }
}

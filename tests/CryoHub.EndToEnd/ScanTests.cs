using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>A printed label, the phone's camera, and the item with its next step.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task A_printed_label_held_before_the_camera_opens_its_item_with_the_next_step()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var site = new LocalProcess();
        await site.StartAsync();
        var folder = Directory.CreateTempSubdirectory("camera-");
        try
        {
            string film;
            await using (var desk = await Browser.StartAsync())
            {
                var visitor = await Visitor.SignInAsync(desk, site);
                var lab = await visitor.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" });
                var project = await visitor.PostAsync("api/projects", new JsonObject { ["labId"] = (string)lab["id"]!, ["name"] = "Project" });
                var sample = await visitor.PostAsync($"api/projects/{project["id"]}/samples", new JsonObject { ["kind"] = "cell", ["name"] = "C-1", ["metal"] = "Li" });
                await visitor.PostAsync($"api/samples/{sample["id"]}/runs", new JsonObject { ["template"] = "li-coin-wash-plunge" });
                var label = await visitor.PostAsync($"api/samples/{sample["id"]}/labels", new JsonObject());
                var sheet = await visitor.Page.Context.APIRequest.GetAsync($"{site.Api.Address}api/labels/sheet?id={label["id"]}&format=single-tag");
                film = await FakeCamera.OverAsync(await sheet.BodyAsync(), folder.FullName, ct);
                await visitor.OpenAsync($"samples/{sample["id"]}");
                await visitor.Page.Locator("svg.qr").WaitForAsync();
                await visitor.Page.KeepAsync("sample-label-1280");
                await visitor.Page.IsAccessibleAsync("sample with label");
                await visitor.PostAsync($"api/labs/{lab["id"]}/labels", new JsonObject { ["count"] = 12 });
                await visitor.OpenAsync($"labs/{lab["id"]}/labels");
                await visitor.Page.Locator("svg.qr").First.WaitForAsync();
                await visitor.Page.KeepAsync("labels-1280");
                await visitor.Page.IsAccessibleAsync("labels");
                await visitor.Page.FitsAsync(Browser.Phone, "labels");
                await visitor.Page.KeepAsync("labels-390");
            }

            await using var phone = await Browser.StartAsync(film);
            var scanner = await Visitor.SignInAsync(phone, site, Browser.Phone);
            await scanner.OpenAsync("scan");
            await scanner.Page.WaitForURLAsync("**/s/*");
            await scanner.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Cell C-1" }).WaitForAsync();
            await scanner.Page.KeepAsync("scanned-390");
            await scanner.Page.IsAccessibleAsync("scanned label");
            await scanner.Page.FitsAsync(Browser.Phone, "scanned label");
            await scanner.Page.GetByText("Next: ").ClickAsync();
            await scanner.Page.WaitForURLAsync("**/runs/*/steps/1");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_a_camera_the_page_says_so_and_a_typed_code_works_and_an_unknown_one_reveals_nothing()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site, Browser.Phone);
        await visitor.OpenAsync("scan");
        await visitor.Page.Locator("cryohub-scanner").GetByText("Type the code below").WaitForAsync();
        await visitor.Page.KeepAsync("scan-390");
        await visitor.Page.IsAccessibleAsync("scan");
        await visitor.Page.FillAsync("#label-code", "g-0409");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await visitor.Page.GetByText("No item that you may see carries the label G0409").WaitForAsync();
        await visitor.Page.KeepAsync("scanned-unknown-390");
    }
}

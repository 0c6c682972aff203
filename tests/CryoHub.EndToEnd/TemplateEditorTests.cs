using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>A lab writes down how it works, changes its mind, and works by it.</summary>
public sealed class TemplateEditorTests
{
    [Fact]
    public async Task A_template_is_written_changed_and_followed_and_a_run_keeps_the_version_it_began_with()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site);
        var lab = (string)(await visitor.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" }))["id"]!;
        var project = await visitor.PostAsync("api/projects", new JsonObject { ["labId"] = lab, ["name"] = "Project" });
        var sample = (string)(await visitor.PostAsync($"api/projects/{project["id"]}/samples", new JsonObject { ["kind"] = "cell", ["name"] = "C-1", ["metal"] = "Li" }))["id"]!;
        var page = visitor.Page;

        await visitor.OpenAsync($"labs/{lab}/templates");
        await page.ClickAsync("a:has-text('Template'):has(svg)");
        await page.FillAsync("#tpl-title", "Rinse and plunge");
        await WriteStepAsync(page, 1, "Rinse", "wash");
        await page.GetByLabel("Time in solvent: asked for").SelectOptionAsync("required");
        await page.GetByLabel("Time in solvent: least usual").FillAsync("ten bananas");
        await page.ClickAsync("button:has-text('Step'):has(svg)");
        await WriteStepAsync(page, 2, "Plunge", "vitrification");
        await page.ClickAsync("[aria-label='Move step 2 up']");
        await Assertions.Expect(page.Locator("#step-1-title")).ToHaveValueAsync("Plunge");
        await page.Locator("section[aria-label='Step 1'] button:has-text('Remove')").ClickAsync();
        await page.GetByText("Put step 1, Plunge, back").ClickAsync();
        await Assertions.Expect(page.Locator("#step-1-title")).ToHaveValueAsync("Plunge");
        await page.ClickAsync("[aria-label='Move step 1 down']");
        await page.ClickAsync("button:has-text('Save version')");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("ten bananas");
        await page.KeepAsync("template-refused-1280");

        await page.GetByLabel("Time in solvent: least usual").FillAsync("30 s");
        await page.GetByLabel("Time in solvent: greatest usual").FillAsync("2 min");
        await page.IsAccessibleAsync("template editor");
        await page.FitsAsync(Browser.Phone, "template editor");
        await page.KeepAsync("template-editor-390");
        await page.SetViewportSizeAsync(Browser.Desktop.Width, Browser.Desktop.Height);
        await page.ClickAsync("button:has-text('Save version')");
        await page.WaitForURLAsync($"**/labs/{lab}/templates");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("version 1, 2 steps");
        var key = (string)(await visitor.GetAsync("api/templates")).AsArray().Single(row => (string?)row!["template"]!["title"] == "Rinse and plunge")!["template"]!["key"]!;
        var run = (string)(await visitor.PostAsync($"api/samples/{sample}/runs", new JsonObject { ["template"] = key, ["labId"] = lab }))["id"]!;

        await page.ClickAsync(".line:has-text('Rinse and plunge') a:has-text('Change')");
        await page.ClickAsync("section[aria-label='Step 2'] button:has-text('Remove')");
        await page.ClickAsync("button:has-text('Save version 2')");
        await page.WaitForURLAsync($"**/labs/{lab}/templates");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("version 2, 1 step");
        await page.KeepAsync("templates-1280");

        await visitor.OpenAsync($"runs/{run}/steps/2");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Plunge", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task WriteStepAsync(IPage page, int number, string title, string kind)
    {
        await page.FillAsync($"#step-{number}-title", title);
        await page.SelectOptionAsync($"#step-{number}-kind", kind);
    }
}

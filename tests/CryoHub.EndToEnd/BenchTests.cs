using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>A workflow followed at the bench on a phone, without a connection in the middle.</summary>
public sealed class BenchTests
{
    /// <summary>A ramp of 16 × 16 grey pixels, after the PNG specification (ISO/IEC 15948).</summary>
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAHUlEQVR4nGNgEFAwcAhIKGiYsGDDgQsPPjCMbAEAcLJ4ARHTrnUAAAAASUVORK5CYII=");

    [Fact]
    public async Task What_is_typed_without_a_connection_is_kept_shown_as_unsent_and_sent_exactly_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site, Browser.Phone);
        var (sample, run) = await FollowAsync(visitor);
        await visitor.OpenAsync($"runs/{run}/steps/3");
        await visitor.Page.WaitForFunctionAsync("async () => !!(await caches.match(location.pathname.replace('/steps/3', '/steps/4')))");

        await visitor.Page.FillAsync("#v-oxygen", "3");
        await visitor.Page.Locator(".outside:not([hidden])").WaitForAsync();
        await visitor.Page.KeepAsync("bench-390");
        await visitor.Page.IsAccessibleAsync("bench");
        await visitor.Page.FitsAsync(Browser.Phone, "bench");

        await visitor.Page.Context.SetOfflineAsync(true);
        await FillAsync(visitor);
        await visitor.Page.SetInputFilesAsync("#photo", new Microsoft.Playwright.FilePayload { Name = "electrode.png", MimeType = "image/png", Buffer = Photo });
        await visitor.Page.GetByText("electrode.png, 0.0 MB").WaitForAsync();
        await visitor.Page.KeepAsync("bench-photo-390");
        await visitor.Page.ReloadAsync();   // by the service worker; the photo is kept like everything that was typed
        await visitor.Page.GetByText("electrode.png").WaitForAsync();
        await visitor.Page.ClickAsync("button[type=submit]");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Wash" }).WaitForAsync();
        await visitor.Page.GetByText("1 entry kept on this device, not sent yet").WaitForAsync();
        await visitor.Page.KeepAsync("bench-offline-390");

        await visitor.Page.Context.SetOfflineAsync(false);
        var sent = await visitor.UntilAsync($"api/runs/{run}", answer => answer["done"]!.AsArray().Count > 0, ct);
        await visitor.Page.GetByText("not sent yet").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        await visitor.OpenAsync($"runs/{run}/steps/4");
        var steps = (await visitor.GetAsync($"api/samples/{sample}/ledgers"))["steps"]!.AsArray();
        Assert.Equal("E-7", (string?)sent["current"]!["name"]);
        Assert.Single(steps);
        Assert.Equal(1, (int)steps[0]!["datasets"]!);
        var photo = Assert.Single((await visitor.GetAsync($"api/samples/{sample}/datasets"))["items"]!.AsArray())!;
        Assert.Equal("electrode.png", (string?)photo["name"]);
        await visitor.UntilAsync($"api/datasets/{photo["id"]}", answer => (string?)answer["status"] == "ready", ct);
        Assert.Equal(3e-7, (double)steps[0]!["values"]!["oxygen"]!["si"]!, 1e-12);
    }

    [Fact]
    public async Task What_the_template_does_not_allow_is_refused_in_words_and_recorded_with_a_reason()
    {
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site, Browser.Phone);
        var (sample, run) = await FollowAsync(visitor);
        await visitor.OpenAsync($"runs/{run}/steps/3");
        await visitor.Page.WaitForFunctionAsync("() => !!navigator.serviceWorker.controller || navigator.serviceWorker.ready");
        await FillAsync(visitor, oxygen: "3 ppm");
        await visitor.Page.ClickAsync("button[type=submit]");
        await visitor.Page.GetByText("Oxygen: 3 ppm lies outside the template's at most 1 ppm").First.WaitForAsync();
        await visitor.Page.FillAsync("#deviation", "The box was being regenerated.");
        await visitor.Page.ClickAsync("button[type=submit]");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Wash" }).WaitForAsync();
        await visitor.OpenAsync($"samples/{sample}");
        await visitor.Page.GetByText("Deviation").First.WaitForAsync();
        await visitor.Page.KeepAsync("chain-deviation-390");
    }

    private static async Task FillAsync(Visitor visitor, string oxygen = "0.3")
    {
        await visitor.Page.FillAsync("#v-glovebox", "2");
        await visitor.Page.SelectOptionAsync("#v-gas", "argon");
        await visitor.Page.FillAsync("#v-oxygen", oxygen);
        await visitor.Page.FillAsync("#v-water", "0.5");
        await visitor.Page.FillAsync("#product", "E-7");
    }

    /// <summary>A cell, and a run of the built-in template for washed coin cells.</summary>
    private static async Task<(string Sample, string Run)> FollowAsync(Visitor visitor)
    {
        var lab = await visitor.PostAsync("api/labs", new JsonObject { ["name"] = "Lab" });
        var project = await visitor.PostAsync("api/projects", new JsonObject { ["labId"] = (string)lab["id"]!, ["name"] = "Project" });
        var sample = await visitor.PostAsync($"api/projects/{project["id"]}/samples", new JsonObject { ["kind"] = "cell", ["name"] = "C-1", ["metal"] = "Li" });
        var run = await visitor.PostAsync($"api/samples/{sample["id"]}/runs", new JsonObject { ["template"] = "li-coin-wash-plunge" });
        return ((string)sample["id"]!, (string)run["id"]!);
    }
}

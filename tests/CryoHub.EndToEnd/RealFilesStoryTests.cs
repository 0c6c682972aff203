using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;
using CryoHub.TestKit;
using Microsoft.Playwright;

namespace CryoHub.EndToEnd;

/// <summary>The whole path, as a person walks it: from real microscope files to a tomogram, element maps and lattice spacings in the browser.</summary>
public sealed class RealFilesStoryTests
{
    private static readonly string[] Files = ["dm3/HAADF.dm3", "dm4/EELS_SI.dm4", "bruker/0.bcf", "tia/16_STOimage_1.ser"];

    [Fact]
    public async Task Real_files_become_a_tomogram_element_maps_and_spacings_in_the_browser()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        await using var site = new LocalProcess();
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site);

        var project = await FoundProjectAsync(visitor);
        var datasets = await UploadAsync(visitor, project, ct);
        await TomogramAsync(visitor, project, datasets["HAADF.dm3"], ct);
        await ElementMapsAsync(visitor, project, datasets["0.bcf"], ct);
        await SpacingsAsync(visitor, project, datasets["16_STOimage_1.ser"], ct);
        await visitor.OpenAsync($"datasets/{datasets["EELS_SI.dm4"]}/view");
        await visitor.Page.KeepAsync("viewer-eels");
    }

    private static async Task<string> FoundProjectAsync(Visitor visitor)
    {
        await visitor.OpenAsync("labs");
        await visitor.Page.GetByLabel("Name of a new lab").FillAsync("Interphase lab");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Found lab" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/labs/*");
        await visitor.OpenAsync("projects");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "New project" }).ClickAsync();
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Real files");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create project" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/projects/*-*");
        await visitor.Page.GetByText("Here will be images, tilt series and spectra").WaitForAsync();
        await visitor.Page.KeepAsync("project-empty");
        return visitor.Page.Url.Split('/')[^1];
    }

    private static async Task<Dictionary<string, string>> UploadAsync(Visitor visitor, string project, CancellationToken ct)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Upload data" }).First.ClickAsync();
        var chooser = visitor.Page.Locator("input.uppy-Dashboard-input").First;
        await chooser.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await chooser.SetInputFilesAsync(Files.Select(SharedData.PathOf));
        var rows = await visitor.UntilAsync(
            $"api/datasets?projectId={project}&computed=false",
            page => page["items"]!.AsArray() is { Count: 4 } all && all.All(row => (string?)row!["status"] == "ready"),
            ct);
        await visitor.Page.KeepAsync("upload");
        return rows["items"]!.AsArray().ToDictionary(row => (string)row!["name"]!, row => (string)row!["id"]!);
    }

    /// <summary>Through the form, as the file does not say that its tilt axis lies along x.</summary>
    private static async Task TomogramAsync(Visitor visitor, string project, string dataset, CancellationToken ct)
    {
        await visitor.OpenAsync($"projects/{project}/run/tomogram-wbp?input={dataset}");
        await visitor.Page.GetByLabel("Tilt axis").FillAsync("90");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        var results = await visitor.UntilAsync($"api/results?projectId={project}", page => (int)page["total"]! == 1, ct);
        await visitor.OpenAsync($"results/{(string?)results["items"]![0]!["id"]}");
        await visitor.Page.Locator("cryohub-volume canvas").First.WaitForAsync();
        Assert.Contains("91", await visitor.Page.Locator("dl.numbers").InnerTextAsync(), StringComparison.Ordinal);   // projections
        await visitor.Page.KeepAsync("result-tomogram");
    }

    private static async Task ElementMapsAsync(Visitor visitor, string project, string dataset, CancellationToken ct)
    {
        var details = await visitor.GetAsync($"api/datasets/{dataset}");
        var signal = details["signals"]!.AsArray().Single(row => (string?)row!["kind"] == "spectrum-image")!;
        var windows = new JsonArray(Window("O K", 470, 590), Window("Si K", 1680, 1800), Window("Fe K", 6330, 6470));
        var result = await visitor.RunAsync(project, "spectrum-map", dataset, (int)signal["index"]!, new JsonObject { ["windows"] = windows, ["background"] = "linear" }, ct);
        await visitor.OpenAsync($"results/{result}");
        foreach (var element in (string[])["O K", "Si K", "Fe K"])
        {
            var map = visitor.Page.Locator(".tile", new() { HasText = element }).Locator("img");
            await map.WaitForAsync();
            Assert.True(await map.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0 || image.decode().then(() => true)"));
        }

        await visitor.Page.KeepAsync("result-maps");

        static JsonNode Window(string name, double from, double to) => new JsonObject { ["name"] = name, ["from"] = from, ["to"] = to };
    }

    /// <summary>The spacings were measured independently of CryoHub (END-TO-END.md beside the file), with numpy: 0.2836 and 0.2887 nm are the strongest; half a per cent covers both sub-pixel methods.</summary>
    private static async Task SpacingsAsync(Visitor visitor, string project, string dataset, CancellationToken ct)
    {
        var result = await visitor.RunAsync(project, "fft-peaks", dataset, 0, [], ct);
        var numbers = (await visitor.GetAsync($"api/results/{result}"))["items"]!.AsArray()
            .Where(item => ((string)item!["name"]!).StartsWith("Spacing", StringComparison.Ordinal)).Select(item => (double)item!["content"]!["value"]!).ToArray();
        Assert.Contains(numbers, spacing => Math.Abs(spacing - 0.2836) < 0.005 * 0.2836);
        Assert.Contains(numbers, spacing => Math.Abs(spacing - 0.2887) < 0.005 * 0.2887);
        await visitor.OpenAsync($"results/{result}");
        await visitor.Page.GetByText("± 0.000").First.WaitForAsync();
        await visitor.Page.KeepAsync("result-spacings");
    }
}

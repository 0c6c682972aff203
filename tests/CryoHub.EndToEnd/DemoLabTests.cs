using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>What a newcomer finds after the first start: nothing is empty, nothing overflows, nothing locks anybody out.</summary>
public sealed class DemoLabTests
{
    [Fact]
    public async Task Every_page_of_the_demo_lab_is_filled_accessible_and_fits_desktop_and_phone()
    {
        await using var site = new LocalProcess(demo: true);
        await site.StartAsync();
        await using var browser = await Browser.StartAsync();
        var visitor = await Visitor.SignInAsync(browser, site);
        var project = (string)(await visitor.GetAsync("api/projects"))["items"]![0]!["id"]!;
        var datasets = (await visitor.GetAsync($"api/datasets?projectId={project}&computed=false"))["items"]!.AsArray();
        var results = (await visitor.GetAsync($"api/results?projectId={project}"))["items"]!.AsArray();
        var computed = (await visitor.GetAsync($"api/datasets?projectId={project}&computed=true"))["items"]!.AsArray();
        var jobs = (await visitor.GetAsync($"api/jobs?projectId={project}"))["items"]!.AsArray();
        Assert.All(datasets, row => Assert.Equal("ready", (string?)row!["status"]));
        Assert.All(jobs, row => Assert.Equal("succeeded", (string?)row!["status"]));
        Assert.True(results.Count >= 3, $"{results.Count} results");
        var series = datasets.Single(row => ((string)row!["name"]!).StartsWith("Porous", StringComparison.Ordinal))!["id"];
        var spectra = datasets.Single(row => ((string)row!["name"]!).StartsWith("Interphase", StringComparison.Ordinal))!["id"];

        var lab = (await visitor.GetAsync("api/labs"))["items"]!.AsArray().Single(row => (string?)row!["name"] == "Demo lab")!["id"];
        var grid = (await visitor.GetAsync($"api/projects/{project}/samples"))["items"]!.AsArray().Single(row => (string?)row!["name"] == "G-0409")!["id"];
        var shipment = (await visitor.GetAsync($"api/labs/{lab}/shipments"))["items"]![0]!["id"];

        (string Name, string Path)[] pages =
        [
            ("projects", "projects"), ("project", $"projects/{project}"), ("gallery", $"projects/{project}?view=gallery"), ("samples", $"projects/{project}/samples"),
            ("jobs", $"projects/{project}/jobs"), ("results", $"projects/{project}/results"), ("members", $"projects/{project}/members"), ("settings", $"projects/{project}/settings"),
            ("upload", $"projects/{project}/upload"), ("dataset", $"datasets/{series}"), ("run", $"projects/{project}/run/tomogram-wbp?input={series}"),
            ("table", $"table?projectId={project}&group=sample.metal&filter=sample.name%3F"), ("literature", "literature"),
            ("comparison", $"compare?projectId={project}&factor=mounting.material&value=dataset.size&beside=SEI%20thickness"),
            .. results.Select((result, i) => ($"result-{i + 1}", $"results/{result!["id"]}")), ("account", "account"), ("labs", "labs"), ("admin", "admin"), ("search", "search?q=lithium"),
            ("dataset-computed", $"datasets/{computed[0]!["id"]}"), ("viewer-computed", $"datasets/{computed[0]!["id"]}/view"),
            ("storage", $"labs/{lab}/storage"), ("custody", $"samples/{grid}/custody"), ("item", $"items/{grid}"),
            ("shipments", $"labs/{lab}/shipments"), ("shipment", $"shipments/{shipment}"), ("pack", $"labs/{lab}/shipments/new"), ("failures", $"labs/{lab}/failures"), ("audit", $"labs/{lab}/audit"),
            ("viewer-tilts", $"datasets/{series}/view"), ("viewer-spectra", $"datasets/{spectra}/view"),
        ];
        var wrong = new List<string>();
        visitor.Page.PageError += (_, error) => wrong.Add($"{visitor.Page.Url}: {error}");
        visitor.Page.Console += (_, said) => wrong.AddRange(said.Type == "error" ? [$"{visitor.Page.Url}: {said.Text}"] : []);
        foreach (var (name, path) in pages)
        {
            await visitor.OpenAsync(path);
            await visitor.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
            await visitor.Page.KeepAsync($"{name}-1280");
            await CollectAsync(wrong, () => visitor.Page.IsAccessibleAsync(name));
            await CollectAsync(wrong, () => visitor.Page.FitsAsync(Browser.Phone, name));
            await visitor.Page.KeepAsync($"{name}-390");
            await visitor.Page.SetViewportSizeAsync(Browser.Desktop.Width, Browser.Desktop.Height);
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>All pages are told at once, not only the first that is wrong.</summary>
    private static async Task CollectAsync(List<string> wrong, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Xunit.Sdk.TrueException refusal)
        {
            wrong.Add(refusal.Message);
        }
    }
}

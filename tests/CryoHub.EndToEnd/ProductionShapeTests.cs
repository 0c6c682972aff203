using System.Security.Cryptography;
using CryoHub.EndToEnd.Processes;
using Microsoft.Playwright;
using Npgsql;

namespace CryoHub.EndToEnd;

/// <summary>The shape of docker-compose.yml, as processes: bytes go straight to S3, a worker dies at its work, the page follows without a reload.</summary>
public sealed class ProductionShapeTests : IAsyncLifetime
{
    private const int Part = 8 << 20;   // of files below 80 GB

    private ProductionSite site = null!;

    public async ValueTask InitializeAsync() => site = await ProductionSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_tomogram_survives_the_death_of_its_worker_and_its_page_follows()
    {
        var project = await site.Api.NewProjectAsync("Lithium");
        var bytes = await TiltSeriesFile.MakeAsync(columns: 448, rows: 320, stepDeg: 3);
        var upload = await site.Api.StartUploadAsync(project, "deposit.mrc", bytes.Length);
        var dataset = await site.Api.FinishUploadAsync(upload, bytes);
        Assert.Equal([new Uri(ProductionSite.S3Address).Authority], site.Api.StoresUsed);
        await Until.TrueAsync("the data set to be ready", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready");
        var file = (await site.Api.GetAsync($"/api/datasets/{dataset}"))["files"]![0]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)file["sha256"]);

        var job = await site.Api.SubmitAsync(project, "tomogram-wbp", "signal", dataset, []);
        await using var browser = await Browser.StartAsync();
        var page = await OpenJobAsync(browser, job);
        var victim = await Until.FoundAsync("the job to be running, with progress", () => RunnerAsync(job));
        await victim.KillAsync();

        // The same page, never loaded again: first the second attempt, then the way to the result.
        await Assertions.Expect(page.GetByText("attempt 2 after an interruption")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open result" })).ToBeVisibleAsync(new() { Timeout = 90_000 });

        var details = await site.Api.GetAsync($"/api/jobs/{job}");
        Assert.Equal(("succeeded", 2), ((string?)details["job"]!["status"], (int)details["attempts"]!));
        var results = (await site.Api.GetAsync($"/api/results?projectId={project}"))["items"]!.AsArray();
        var result = await site.Api.GetAsync($"/api/results/{(string?)Assert.Single(results)!["id"]}");
        var names = result["items"]!.AsArray().Select(item => (string?)item!["name"]).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Single((await site.Api.GetAsync($"/api/datasets?projectId={project}&computed=false"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_health_verbs_tell_a_living_host_from_a_dead_one()
    {
        Assert.Equal(0, (await site.AskWebHealthAsync()).ExitCode);
        await Until.TrueAsync("the first pulse", () => Task.FromResult(File.Exists(site.PulseOf(0))));
        Assert.Equal(0, (await site.AskWorkerHealthAsync(0)).ExitCode);

        await site.StopWebAsync();
        Assert.Equal(1, (await site.AskWebHealthAsync()).ExitCode);

        await site.Workers[0].KillAsync();
        await File.WriteAllTextAsync(site.PulseOf(0), "2026-01-01T00:00:00Z\n", TestContext.Current.CancellationToken);   // as it will look in a while
        Assert.Equal(1, (await site.AskWorkerHealthAsync(0)).ExitCode);
    }

    /// <summary>Two parts, dropped on the page as a person drops a file: the bucket's rules for other origins and the page's own policy let them through.</summary>
    [Fact]
    public async Task A_file_dropped_on_the_page_goes_from_the_browser_straight_to_the_store()
    {
        var project = await site.Api.NewProjectAsync("Dropped");
        var bytes = await TiltSeriesFile.MakeAsync(columns: 448, rows: 320, stepDeg: 3);
        await using var browser = await Browser.StartAsync();
        var page = await OpenAsync(browser, $"/projects/{project}/upload");
        var parts = new List<Uri>();
        page.Request += (_, request) =>
        {
            if (request.Method == "PUT")
            {
                parts.Add(new Uri(request.Url));
            }
        };
        await page.Locator(".uppy-Dashboard-AddFiles").First.WaitForAsync();
        await using var dropped = await page.EvaluateHandleAsync(
            "file => { const data = new DataTransfer(); data.items.add(new File([Uint8Array.from(atob(file), letter => letter.charCodeAt(0))], 'deposit.mrc')); return data; }",
            Convert.ToBase64String(bytes));
        foreach (var stage in (string[])["dragenter", "dragover", "drop"])
        {
            await page.DispatchEventAsync(".uppy-Dashboard", stage, new { dataTransfer = dropped });
        }

        var dataset = await Until.FoundAsync("the data set to be read", async () =>
            (await site.Api.GetAsync($"/api/datasets?projectId={project}&computed=false"))["items"]!.AsArray().SingleOrDefault(row => (string?)row!["status"] == "ready"));
        var file = (await site.Api.GetAsync($"/api/datasets/{dataset["id"]}"))["files"]![0]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)file["sha256"]);
        Assert.Equal((bytes.Length + Part - 1) / Part, parts.Count);
        Assert.All(parts, part => Assert.Equal(new Uri(ProductionSite.S3Address).Authority, part.Authority));
        await page.KeepAsync("upload-dropped");
    }

    /// <summary>The worker that has reported progress of the job, by the name in the job's row and in the worker's log.</summary>
    private async Task<RunningProgram?> RunnerAsync(string job)
    {
        await using var connection = new NpgsqlConnection(site.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select worker_id from jobs where id = $1 and status = 'Running' and fraction > 0", connection);
        command.Parameters.AddWithValue(Guid.Parse(job));
        return await command.ExecuteScalarAsync() is Guid id ? site.Workers.Single(worker => ProductionSite.WorkerId(worker) == id) : null;
    }

    private Task<IPage> OpenJobAsync(Browser browser, string job) => OpenAsync(browser, $"/jobs/{job}");

    private async Task<IPage> OpenAsync(Browser browser, string path)
    {
        var page = await browser.NewPageAsync();
        await page.Context.AddCookiesAsync(site.Api.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = site.Api.Address.ToString() }));
        await page.GotoAsync(new Uri(site.Api.Address, path).ToString());
        return page;
    }
}

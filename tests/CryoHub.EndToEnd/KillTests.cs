using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>CryoHub.Local dies twenty times, in the middle of what it does; a client that only knows the protocol goes on each time.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Kills = 20;
    private const int Seed = 20260;

    private readonly LocalProcess site = new(new Dictionary<string, string> { ["Worker__Lease"] = "00:00:03", ["Worker__Poll"] = "00:00:01" });
    private readonly Random random = new(Seed);
    private int kills;
    private int hits;

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync();
        await site.Api.SignInAsync(LocalProcess.Mail, site.Password);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Twenty_crashes_lose_nothing_and_double_nothing()
    {
        var project = await site.Api.NewProjectAsync("Crashes");
        var original = await TiltSeriesFile.MakeAsync(columns: 384, rows: 256, stepDeg: 2);
        var sent = new Dictionary<string, byte[]>();
        var jobs = new List<string>();
        while (kills < Kills)
        {
            var bytes = Variant(original, sent.Count);
            var dataset = await UploadAsync(project, $"series-{sent.Count}.mrc", bytes);
            sent.Add(dataset, bytes);
            await ThroughCrashAsync(600, () => IsIngestedAsync(dataset));
            var job = await site.Api.SubmitAsync(project, "tomogram-wbp", "signal", dataset, new JsonObject { ["binning"] = 2 });
            jobs.Add(job);
            await ThroughCrashAsync(800, () => IsDoneAsync(job));
        }

        Assert.Equal(Kills, kills);
        Assert.True(hits >= Kills / 2, $"Only {hits} of {Kills} crashes broke something off: the moments are badly chosen.");
        await AssertAllIsThereOnceAsync(project, sent, jobs);
        await AssertNoObjectIsOrphanedAsync();
        await site.StopAsync();
        Assert.Empty(Directory.EnumerateFiles(site.Temporary, "*", SearchOption.AllDirectories));
    }

    /// <summary>The same picture with its number in the first pixels, so that no result can be reused.</summary>
    private static byte[] Variant(byte[] original, int number)
    {
        var bytes = original.ToArray();
        bytes[^1] = 0;
        bytes[^2] = (byte)number;
        return bytes;
    }

    private async Task<string> UploadAsync(string project, string name, byte[] bytes)
    {
        var upload = await site.Api.StartUploadAsync(project, name, bytes.Length);
        var dataset = "";
        await ThroughCrashAsync(150, async () => (dataset = await site.Api.FinishUploadAsync(upload, bytes)).Length > 0);
        return dataset;
    }

    /// <summary>Works until it is done, through one crash at a random moment of the first milliseconds.</summary>
    private async Task ThroughCrashAsync(int withinMs, Func<Task<bool>> work)
    {
        var crash = kills < Kills ? CrashAsync(TimeSpan.FromMilliseconds(random.Next(withinMs))) : Task.CompletedTask;
        var isDone = await WorkAsync(work, crash);
        hits += isDone ? 0 : 1;
        await crash;
        await Until.TrueAsync("the work to be done after the crash", work);
    }

    /// <summary>True where the work was done before the crash.</summary>
    private static async Task<bool> WorkAsync(Func<Task<bool>> work, Task crash)
    {
        try
        {
            await Until.TrueAsync("the work or the crash", async () => crash.IsCompleted || await work());
            return !crash.IsCompleted;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task CrashAsync(TimeSpan moment)
    {
        kills++;
        await Task.Delay(moment, TestContext.Current.CancellationToken);
        await site.KillAsync();
        await site.StartAsync();
    }

    private async Task<bool> IsIngestedAsync(string dataset) => await site.Api.StatusOfDatasetAsync(dataset) is "ready" or "unreadable" or "quarantined";

    private async Task<bool> IsDoneAsync(string job) => (string?)(await site.Api.JobAsync(job))["status"] is "succeeded" or "failed";

    private async Task AssertAllIsThereOnceAsync(string project, Dictionary<string, byte[]> sent, List<string> jobs)
    {
        var datasets = await ItemsAsync($"/api/datasets?projectId={project}&computed=false&take=100");
        Assert.Equal(sent.Keys.Order(), datasets.Select(dataset => (string)dataset["id"]!).Order());
        foreach (var (id, bytes) in sent)
        {
            var dataset = await site.Api.GetAsync($"/api/datasets/{id}");
            Assert.Equal("ready", (string?)dataset["status"]);
            Assert.Single(dataset["signals"]!.AsArray());
            var file = Assert.Single(dataset["files"]!.AsArray())!;
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)file["sha256"]);
            Assert.Equal(bytes, await site.Api.BytesAsync($"/api/datasets/{id}/files/{(string?)file["id"]}"));
        }

        foreach (var job in jobs)
        {
            Assert.Equal("succeeded", (string?)(await site.Api.JobAsync(job))["status"]);
        }

        var results = await ItemsAsync($"/api/results?projectId={project}&take=100");
        Assert.Equal(jobs.Order(), results.Select(result => (string)result["jobId"]!).Order());
        Assert.Empty(await ItemsAsync($"/api/uploads?projectId={project}&take=100"));
    }

    /// <summary>Everything is made two days old and reconciled by the platform's own daily job; then each object in the store has its row.</summary>
    private async Task AssertNoObjectIsOrphanedAsync()
    {
        var store = new StoreOnDisk(Path.Combine(site.Data, "objects", "objects"), site.Database);
        var left = await store.OrphansAsync();
        store.Age(TimeSpan.FromDays(2));
        await store.ForgetDailyJobsAsync();
        await site.StopAsync();
        await site.StartAsync();
        var summary = await Until.FoundAsync("the reconcile job", store.ReconciledAsync);
        Assert.StartsWith($"{left.Count} objects without a row removed, 0 rows without their object.", summary, StringComparison.Ordinal);
        Assert.Empty(await store.OrphansAsync());
    }

    private async Task<IReadOnlyList<JsonNode>> ItemsAsync(string path) => [.. (await site.Api.GetAsync(path))["items"]!.AsArray().Select(item => item!)];
}

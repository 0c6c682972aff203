using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>U18: the workers' object store answers 503 for a while; they wait longer and longer between tries, and nothing is half registered.</summary>
public sealed class StoreOutageTests : IAsyncLifetime
{
    private const int S3Port = 7480;
    private const int EnoughRefusals = 8;

    private readonly FaultyProxy store = new(S3Port);
    private ProductionSite site = null!;

    public async ValueTask InitializeAsync() => site = await ProductionSite.StartAsync(moreOfWorkers: new Dictionary<string, string> { ["Storage__Endpoint"] = store.Address });

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task An_ingest_outlasts_a_store_that_is_away()
    {
        var project = await site.Api.NewProjectAsync("Outage");
        var bytes = await TiltSeriesFile.MakeAsync(columns: 128, rows: 96, stepDeg: 10);
        var upload = await site.Api.StartUploadAsync(project, "series.mrc", bytes.Length);
        store.GoAway();
        var (before, dataset) = (store.Refused, await site.Api.FinishUploadAsync(upload, bytes));
        await Until.TrueAsync("the workers to have been refused again and again", () => Task.FromResult(store.Refused >= before + EnoughRefusals), TimeSpan.FromSeconds(120));
        var waiting = await site.Api.GetAsync($"/api/datasets/{dataset}");
        Assert.Equal(("received", 0), ((string?)waiting["status"], waiting["signals"]!.AsArray().Count));

        store.ComeBack();
        await Until.TrueAsync("the data set to be ready", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready", TimeSpan.FromSeconds(120));
        Assert.Single((await site.Api.GetAsync($"/api/datasets/{dataset}"))["signals"]!.AsArray());
        var ingest = Assert.Single((await site.Api.GetAsync($"/api/jobs?projectId={project}"))["items"]!.AsArray())!;
        Assert.Equal("succeeded", (string?)ingest["status"]);
    }
}

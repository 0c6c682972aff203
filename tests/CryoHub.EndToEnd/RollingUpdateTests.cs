using System.Security.Cryptography;
using CryoHub.EndToEnd.Processes;

namespace CryoHub.EndToEnd;

/// <summary>U02 and O08: hosts come and go under people who upload and wait; none of them has anything to itself.</summary>
public sealed class RollingUpdateTests : IAsyncLifetime
{
    private const int PartSize = 8 << 20;

    private ProductionSite site = null!;

    public async ValueTask InitializeAsync() => site = await ProductionSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task An_upload_goes_on_at_another_host_and_a_job_at_another_worker()
    {
        var project = await site.Api.NewProjectAsync("Rolling");
        var bytes = await TiltSeriesFile.MakeAsync(columns: 448, rows: 320, stepDeg: 3);
        var upload = await site.Api.StartUploadAsync(project, "deposit.mrc", bytes.Length);
        await site.Api.SendPartAsync(upload, 1, bytes.AsMemory(0, PartSize));
        using var other = await site.StartSecondWebAsync();
        await site.KillWebAsync();

        var state = await other.GetAsync($"/api/uploads/{upload}");   // the same cookie, no sticky session
        Assert.Equal(PartSize, (int)state["partSize"]!);
        Assert.Equal([1], state["parts"]!.AsArray().Select(part => (int)part!["number"]!));
        var dataset = await other.FinishUploadAsync(upload, bytes);
        await Until.TrueAsync("the data set to be ready", async () => await other.StatusOfDatasetAsync(dataset) == "ready");
        var file = (await other.GetAsync($"/api/datasets/{dataset}"))["files"]![0]!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)file["sha256"]);

        var job = await other.SubmitAsync(project, "tomogram-wbp", "signal", dataset, []);
        var leaving = await Until.FoundAsync("the job to be running", () => site.RunnerAsync(job));
        Assert.Equal(0, await leaving.StopAsync());
        await Until.TrueAsync("the job to be done", async () => (string?)(await other.JobAsync(job))["status"] is "succeeded" or "failed", TimeSpan.FromSeconds(120));
        var details = await other.GetAsync($"/api/jobs/{job}");
        Assert.Equal(("succeeded", 2, 0), ((string?)details["job"]!["status"], (int)details["attempts"]!, (int)details["crashes"]!));
        Assert.Single((await other.GetAsync($"/api/results?projectId={project}"))["items"]!.AsArray());
    }
}

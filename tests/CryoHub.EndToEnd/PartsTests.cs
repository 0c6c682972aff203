using CryoHub.EndToEnd.Processes;
using Npgsql;

namespace CryoHub.EndToEnd;

/// <summary>A tomogram cut into parts on two workers, of which one dies in the middle of its part.</summary>
public sealed class PartsTests : IAsyncLifetime
{
    private ProductionSite site = null!;

    /// <summary>Six strips of 8 MiB each: two parts.</summary>
    public async ValueTask InitializeAsync() => site = await ProductionSite.StartAsync(new Dictionary<string, string> { ["Worker__AnalysisMemoryMiB"] = "24" });

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_part_survives_the_death_of_its_worker_and_nothing_is_doubled()
    {
        var project = await site.Api.NewProjectAsync("Parts");
        var bytes = await TiltSeriesFile.MakeAsync(columns: 512, rows: 384, stepDeg: 2);
        var dataset = await site.Api.FinishUploadAsync(await site.Api.StartUploadAsync(project, "deposit.mrc", bytes.Length), bytes);
        await Until.TrueAsync("the data set to be ready", async () => await site.Api.StatusOfDatasetAsync(dataset) == "ready");

        var job = await site.Api.SubmitAsync(project, "tomogram-wbp", "signal", dataset, []);
        var victim = await Until.FoundAsync("a part to be running", () => PartRunnerAsync(job));
        await victim.KillAsync();
        await Until.TrueAsync("the job to be done", async () => (string?)(await site.Api.JobAsync(job))["status"] is "succeeded" or "failed", TimeSpan.FromSeconds(120));

        var details = await site.Api.GetAsync($"/api/jobs/{job}");
        Assert.Equal(("succeeded", 2), ((string?)details["job"]!["status"], (int)details["parts"]!));
        Assert.Equal([1, 2], (await AttemptsAsync(job)).Order());
        var result = Assert.Single((await site.Api.GetAsync($"/api/results?projectId={project}"))["items"]!.AsArray());
        var items = (await site.Api.GetAsync($"/api/results/{(string?)result!["id"]}"))["items"]!.AsArray();
        Assert.Equal(items.Select(item => (string?)item!["name"]).Distinct(), items.Select(item => (string?)item!["name"]));
        Assert.Equal([job], (await site.Api.GetAsync($"/api/jobs?projectId={project}"))["items"]!.AsArray().Where(row => (string?)row!["kind"] != "ingest").Select(row => (string?)row!["id"]));
    }

    private async Task<RunningProgram?> PartRunnerAsync(string job) =>
        (await AskAsync(job, "select 1 from jobs where parent_id = $1 and status = 'Running'", reader => reader.GetInt32(0))).Count > 0 ? await site.RunnerAsync(job) : null;

    private Task<List<int>> AttemptsAsync(string job) => AskAsync(job, "select attempts from jobs where parent_id = $1", reader => reader.GetInt32(0));

    private async Task<List<T>> AskAsync<T>(string job, string question, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(site.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        command.Parameters.AddWithValue(Guid.Parse(job));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}

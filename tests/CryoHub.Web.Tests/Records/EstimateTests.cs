using System.Net.Http.Json;
using System.Text.Json;
using CryoHub.Platform.Labs;

namespace CryoHub.Web.Tests.Records;

public sealed class EstimateTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_a_run_its_time_and_memory_are_told_and_after_it_that_the_same_job_exists()
    {
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((await app.PersonAsync("esther"), LabRole.Owner)));
        var dataset = await app.Scene.DatasetAsync(project);
        using var esther = await app.ClientForAsync("esther");
        var inputs = new[] { new { Role = "signal", DatasetId = dataset, Signal = 0 } };

        var before = await EstimateAsync(new { Threshold = 40 });
        Assert.InRange(before.GetProperty("seconds").GetDouble(), 0.1, 10);
        Assert.InRange(before.GetProperty("memoryBytes").GetInt64(), 512 * 512 * 4, 1L << 30);
        Assert.Equal(1, before.GetProperty("parts").GetInt32());
        Assert.Equal(JsonValueKind.Null, before.GetProperty("same").ValueKind);

        var job = await esther.PostAsJsonAsync("/api/jobs", new { ProjectId = project, Analysis = "fft-peaks", Inputs = inputs, Parameters = new { Threshold = 40 } }, Ct);
        var id = (await job.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("job").GetProperty("id").GetGuid();
        var same = (await EstimateAsync(new { Threshold = 40.0, Peaks = 20 })).GetProperty("same");   // defaults spelled out are the same job
        Assert.Equal((id, "queued"), (same.GetProperty("jobId").GetGuid(), same.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, (await EstimateAsync(new { Threshold = 41 })).GetProperty("same").ValueKind);

        async Task<JsonElement> EstimateAsync(object parameters)
        {
            var answer = await esther.PostAsJsonAsync("/api/analyses/fft-peaks/estimate", new { ProjectId = project, Inputs = inputs, Parameters = parameters }, Ct);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        }
    }
}

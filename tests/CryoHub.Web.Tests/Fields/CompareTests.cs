using System.Text.Json.Nodes;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Fields;

public sealed class CompareTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One value has no deviation; JSON has no word for "not a number", and the answer once broke on it.</summary>
    [Fact]
    public async Task A_group_of_one_value_has_a_mean_and_no_deviation()
    {
        var owner = await app.PersonAsync("comparer");
        var project = await app.Scene.ProjectAsync(await app.Scene.LabAsync((owner, LabRole.Owner)));
        foreach (var (cell, metal, temperature) in new[] { ("A", "Li", -160), ("B", "Li", -150), ("C", "Na", -140) })
        {
            await ImageAsync(owner, project, cell, metal, temperature);
        }

        using var client = await app.ClientForAsync("comparer");
        var told = JsonNode.Parse(await client.GetStringAsync($"/api/datasets/comparison?projectId={project}&factor=mounting.material&value=milling.temperature-max", Ct))!;

        Assert.Equal([2, 1], told["groups"]!.AsArray().Select(group => (int)group!["summary"]!["count"]!));
        Assert.Equal([-155.0, -140.0], told["groups"]!.AsArray().Select(group => (double)group!["summary"]!["mean"]!), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([true, false], told["groups"]!.AsArray().Select(group => group!["summary"]!["deviation"] is not null));
    }

    private async Task ImageAsync(Guid owner, Guid project, string name, string material, int temperature)
    {
        var cell = await app.Scene.SampleAsync(project, name);
        await RecordAsync(owner, project, new StepText("milling", Then, Subjects: [cell], Values: new Dictionary<string, string> { ["temperature-max"] = $"{temperature} °C" }));
        await RecordAsync(owner, project, new StepText("mounting", Then.AddHours(1), Subjects: [cell], Values: new Dictionary<string, string> { ["material"] = material }, NewProducts: [new(SampleKind.Grid, $"G {name}")]));
        var grid = await app.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == $"G {name}").Select(s => s.Id).SingleAsync());
        await app.Scene.DatasetAsync(project, name, grid);
    }

    private Task<Guid?> RecordAsync(Guid owner, Guid project, StepText text) => app.Services.GetRequiredService<StepLog>().RecordAsync(owner, project, text, Ct);
}

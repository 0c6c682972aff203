using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Ledgers;

public sealed class ImageRecordTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SampleChronicle Chronicle => database.Get<SampleChronicle>();

    [Fact]
    public async Task An_image_tells_what_happened_until_it_was_taken_and_nothing_of_later_or_of_other_images()
    {
        var scene = database.Scene;
        var (owner, stranger) = (await scene.PersonAsync("Ada"), await scene.PersonAsync("Eve"));
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var cell = await scene.SampleAsync(project, "C-1");
        var grid = await RecordAsync(owner, project, new StepText("mounting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Grid, "G-1")], Deviation: "The film was torn."));
        var (first, second, loose) = (await scene.DatasetAsync(project, sampleId: grid), await scene.DatasetAsync(project, sampleId: grid), await scene.DatasetAsync(project));
        await RecordAsync(owner, project, new StepText("acquisition", Then.AddHours(1), Then.AddHours(1).AddMinutes(1), Subjects: [grid], Datasets: [first]));
        await RecordAsync(owner, project, new StepText("wash", Then.AddHours(2), Subjects: [grid], Deviation: "Washed twice."));
        await RecordAsync(owner, project, new StepText("acquisition", Then.AddHours(3), Subjects: [grid], Datasets: [second]));

        var early = (await Chronicle.OfImageAsync(owner, first, Ct))!;
        Assert.Equal((grid, "G-1", "The film was torn."), (early.SampleId, early.Sample, Assert.Single(early.Deviations).Deviation));
        Assert.Equal(2, early.Method.Sentences.Count);   // grid and acquisition
        var late = (await Chronicle.OfImageAsync(owner, second, Ct))!;
        Assert.Equal(["The film was torn.", "Washed twice."], late.Deviations.Select(step => step.Deviation));
        Assert.Equal(3, late.Method.Sentences.Count);

        Assert.Null(await Chronicle.OfImageAsync(stranger, first, Ct));
        Assert.Null(await Chronicle.OfImageAsync(owner, loose, Ct));
        Assert.Equal(early.Method.Sentences, (await Chronicle.OfImageAsync(owner, await CalculatedAsync(project, first), Ct))!.Method.Sentences);
    }

    [Fact]
    public async Task How_an_image_was_taken_is_missed_where_nobody_recorded_it()
    {
        var scene = database.Scene;
        var owner = await scene.PersonAsync("Ada");
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        var image = await scene.DatasetAsync(project, sampleId: await scene.SampleAsync(project, "G-1"));
        Assert.Contains((await Chronicle.OfImageAsync(owner, image, Ct))!.Method.Missing, fact => fact.Title == "Acquisition");
    }

    /// <summary>The first sample that the step made, or the one it happened to.</summary>
    private async Task<Guid> RecordAsync(Guid owner, Guid project, StepText text)
    {
        var step = await database.Get<StepLog>().RecordAsync(owner, project, text, Ct);
        return await database.Scene.ReadAsync(db => db.StepSamples.Where(l => l.StepId == step).OrderBy(l => l.Role == StepRole.Product ? 0 : 1).Select(l => l.SampleId).FirstAsync(Ct));
    }

    private async Task<Guid> CalculatedAsync(Guid project, Guid input)
    {
        var result = await database.Scene.ResultAsync(project);
        var map = await database.Scene.DatasetAsync(project, "map");
        return await database.Scene.ReadAsync(async db =>
        {
            var job = await db.Results.Where(r => r.Id == result).Select(r => r.JobId).SingleAsync();
            db.JobInputs.Add(new JobInput { JobId = job, Role = "signal", DatasetId = input, Sha256 = new byte[32] });
            await db.SaveChangesAsync();
            await db.Datasets.Where(d => d.Id == map).ExecuteUpdateAsync(set => set.SetProperty(d => d.ResultId, result).SetProperty(d => d.ResultItem, 1));
            return map;
        });
    }
}

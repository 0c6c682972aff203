using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Ledgers;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Limits;

public sealed class DoseBookTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DoseBook Book => database.Get<DoseBook>();

    [Fact]
    public async Task An_image_beyond_the_limit_of_a_phase_it_names_says_so_and_so_does_what_was_calculated_from_it()
    {
        var (owner, project, sample) = await SampleAsync("Li");
        var image = await database.Scene.DatasetAsync(project, "Flake of Li2CO3, HRTEM", sample);
        await database.Scene.AcquisitionAsync(project, sample, image);   // 1000 e/Å²; Li2CO3 is changed at 750, all others later
        var taken = (await Book.OfDatasetAsync(owner, image, Ct))!;
        Assert.Equal(1000, taken.SumPerA2, 1e-6);
        Assert.Equal(["Li2CO3"], taken.Exceeded.Select(limit => limit.Phase));
        Assert.Equal(["Li2CO3"], taken.Reported.Select(limit => limit.Phase));

        var result = await database.Scene.ResultAsync(project);
        await database.Scene.ReadAsync(async db =>
        {
            db.Add(new JobInput { JobId = await db.Results.Where(r => r.Id == result).Select(r => r.JobId).SingleAsync(Ct), Role = "image", DatasetId = image });
            return await db.SaveChangesAsync(Ct);
        });
        var computed = await database.Scene.DatasetAsync(project, "map");
        await database.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == computed).ExecuteUpdateAsync(set => set.SetProperty(d => d.ResultId, result).SetProperty(d => d.ResultItem, 1), Ct));
        Assert.Equal(1000, (await Book.OfResultAsync(owner, result, Ct))!.SumPerA2, 1e-6);
        var map = (await Book.OfDatasetAsync(owner, computed, Ct))!;
        Assert.Equal(1000, map.SumPerA2, 1e-6);
        Assert.Empty(map.Reported);   // "map" names no phase, and lithium stands 100 times as much
    }

    [Fact]
    public async Task The_sum_counts_what_the_place_had_taken_before_and_nothing_after()
    {
        var (owner, project, sample) = await SampleAsync("Na");
        var (first, second) = (await database.Scene.DatasetAsync(project, "first", sample), await database.Scene.DatasetAsync(project, "second", sample));
        await database.Scene.AcquisitionAsync(project, sample, first);
        await database.Scene.AcquisitionAsync(project, sample, second);
        Assert.Equal([1000, 2000], ((double[])[(await Book.OfDatasetAsync(owner, first, Ct))!.SumPerA2, (await Book.OfDatasetAsync(owner, second, Ct))!.SumPerA2]).Select(sum => Math.Round(sum, 6)));
    }

    [Fact]
    public async Task What_no_acquisition_took_has_no_dose_and_strangers_learn_nothing()
    {
        var (owner, project, sample) = await SampleAsync("Li");
        var image = await database.Scene.DatasetAsync(project, "image", sample);
        Assert.Null(await Book.OfDatasetAsync(owner, image, Ct));
        await database.Scene.AcquisitionAsync(project, sample, image);
        Assert.Null(await Book.OfDatasetAsync(await database.Scene.PersonAsync("stranger"), image, Ct));
    }

    private async Task<(Guid Owner, Guid Project, Guid Sample)> SampleAsync(string metal)
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        return (owner, project, await database.Scene.SampleAsync(project, "Lamella", metal: metal));
    }
}

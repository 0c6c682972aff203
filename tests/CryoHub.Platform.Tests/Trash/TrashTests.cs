using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Trash;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Trash;

public sealed class TrashTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TrashBin Bin => database.Get<TrashBin>();

    [Theory]
    [InlineData(TrashKind.Project)]
    [InlineData(TrashKind.Sample)]
    [InlineData(TrashKind.Session)]
    [InlineData(TrashKind.Dataset)]
    public async Task What_was_thrown_away_is_gone_listed_and_comes_back(TrashKind kind)
    {
        var (owner, project) = await ProjectAsync();
        var id = kind switch
        {
            TrashKind.Project => project,
            TrashKind.Sample => await database.Scene.SampleAsync(project),
            TrashKind.Session => await database.Scene.SessionAsync(project),
            _ => await database.Scene.DatasetAsync(project),
        };
        Assert.Equal(Change.Done, await Bin.ThrowAwayAsync(owner, kind, id, Ct));
        Assert.Equal(Change.Absent, await Bin.ThrowAwayAsync(owner, kind, id, Ct));
        var row = Assert.Single((await Bin.ListAsync(owner, PageRequest.First, Ct)).Items);
        Assert.Equal((kind, id, TimeSpan.FromDays(30)), (row.Kind, row.Id, row.PurgedAt - row.DeletedAt));
        Assert.Equal(Change.Done, await Bin.RestoreAsync(owner, kind, id, Ct));
        Assert.Equal(0, (await Bin.ListAsync(owner, PageRequest.First, Ct)).Total);
        Assert.Equal(Change.Done, await Bin.ThrowAwayAsync(owner, kind, id, Ct));
    }

    [Fact]
    public async Task A_project_takes_everything_in_it_along_and_back()
    {
        var (owner, project) = await ProjectAsync();
        var dataset = await database.Scene.DatasetAsync(project);
        await Bin.ThrowAwayAsync(owner, TrashKind.Project, project, Ct);
        Assert.Null(await database.Get<DatasetCatalog>().FindAsync(owner, dataset, Ct));
        await Bin.RestoreAsync(owner, TrashKind.Project, project, Ct);
        Assert.NotNull(await database.Get<DatasetCatalog>().FindAsync(owner, dataset, Ct));
        Assert.NotNull(await database.Get<ProjectDirectory>().FindAsync(owner, project, Ct));
    }

    [Fact]
    public async Task After_thirty_days_nothing_comes_back()
    {
        var (owner, project) = await ProjectAsync();
        var dataset = await database.Scene.DatasetAsync(project, also: d => d.DeletedAt = TimeProvider.System.GetUtcNow().AddDays(-30).AddMinutes(-1));
        Assert.Equal(0, (await Bin.ListAsync(owner, PageRequest.First, Ct)).Total);
        Assert.Equal(Change.Absent, await Bin.RestoreAsync(owner, TrashKind.Dataset, dataset, Ct));
    }

    private async Task<(Guid Owner, Guid Project)> ProjectAsync()
    {
        var owner = await database.Scene.PersonAsync("owner");
        return (owner, await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner))));
    }
}

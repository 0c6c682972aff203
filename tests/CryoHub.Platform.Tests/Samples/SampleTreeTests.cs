using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Samples;

public sealed class SampleTreeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SampleCatalog Samples => database.Get<SampleCatalog>();

    [Fact]
    public async Task The_chain_leads_from_the_cell_to_the_grid()
    {
        var (owner, project) = await ProjectAsync();
        var cell = await Samples.CreateAsync(owner, project, new SampleText(SampleKind.Cell, "Cell 7"), Ct);
        var electrode = await Samples.CreateAsync(owner, project, new SampleText(SampleKind.Electrode, "Anode", cell, "Li"), Ct);
        var grid = await Samples.CreateAsync(
            owner, project, new SampleText(SampleKind.Grid, "G-0412", electrode, Fields: new Dictionary<string, string> { ["box"] = "12" }), Ct);
        var details = await Samples.FindAsync(owner, grid!.Value, Ct);
        Assert.Equal(["Cell 7", "Anode"], details!.Chain.Select(link => link.Name));
        Assert.Equal("12", details.Fields["box"]);
        Assert.Equal(1, (await Samples.FindAsync(owner, cell!.Value, Ct))!.Children);
    }

    [Fact]
    public async Task A_sample_cannot_be_made_of_what_was_made_of_it()
    {
        var (owner, project) = await ProjectAsync();
        var first = await database.Scene.SampleAsync(project);
        var last = await database.Scene.SampleAsync(project, parentId: await database.Scene.SampleAsync(project, parentId: first));
        var version = (await Samples.FindAsync(owner, first, Ct))!.Version;
        foreach (var parent in (Guid[])[first, last])
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(() =>
                Samples.EditAsync(owner, first, new SampleText(SampleKind.Cell, "First", parent), version, Ct));
            Assert.Equal(ProblemKind.Invalid, refused.Kind);
        }
    }

    [Fact]
    public async Task Two_moves_at_once_do_not_close_a_circle()
    {
        var (owner, project) = await ProjectAsync();
        var (a, b) = (await database.Scene.SampleAsync(project, "A"), await database.Scene.SampleAsync(project, "B"));
        var (versionOfA, versionOfB) = ((await Samples.FindAsync(owner, a, Ct))!.Version, (await Samples.FindAsync(owner, b, Ct))!.Version);
        var moves = new[]
        {
            Record.ExceptionAsync(() => Samples.EditAsync(owner, a, new SampleText(SampleKind.Cell, "A", b), versionOfA, Ct)),
            Record.ExceptionAsync(() => Samples.EditAsync(owner, b, new SampleText(SampleKind.Cell, "B", a), versionOfB, Ct)),
        };
        var failures = await Task.WhenAll(moves.Select(move => move.AsTask()));
        Assert.Single(failures, failure => failure is ProblemException);
    }

    [Fact]
    public async Task A_parent_in_another_project_is_refused()
    {
        var (owner, project) = await ProjectAsync();
        var (_, elsewhere) = await ProjectAsync();
        var stranger = await database.Scene.SampleAsync(elsewhere);
        await Assert.ThrowsAsync<ProblemException>(() => Samples.CreateAsync(owner, project, new SampleText(SampleKind.Grid, "G", stranger), Ct));
    }

    private async Task<(Guid Owner, Guid Project)> ProjectAsync()
    {
        var owner = await database.Scene.PersonAsync("owner");
        return (owner, await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner))));
    }
}

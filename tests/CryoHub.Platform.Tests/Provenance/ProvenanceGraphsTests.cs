using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Provenance;

public sealed class ProvenanceGraphsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ProvenanceGraphs Graphs => database.Get<ProvenanceGraphs>();

    [Fact]
    public async Task From_a_map_the_line_leads_back_to_the_cell_and_from_the_cell_to_the_map()
    {
        var (owner, project, cell) = await CellAsync();
        var step = await database.Get<StepLog>().RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Grid, "G-1")]), Ct);
        var grid = await database.Scene.ReadAsync(db => db.Samples.Where(s => s.ProjectId == project && s.Name == "G-1").Select(s => s.Id).SingleAsync());
        var image = await database.Scene.DatasetAsync(project, "image", grid);
        var (result, map) = await ResultOfAsync(project, image);

        var up = await Graphs.OfAsync(owner, NodeKind.Dataset, map, Ct);
        var down = await Graphs.OfAsync(owner, NodeKind.Sample, cell, Ct);

        Guid[] line = [cell, step!.Value, grid, image, result, map];
        Assert.Equal(line, up!.Nodes.Select(node => node.Id));
        Assert.Equal(line, down!.Nodes.Select(node => node.Id));
        Assert.Equal(line.Zip(line.Skip(1), (from, to) => new ProvenanceEdge(from, to)), up.Edges.OrderBy(edge => Array.IndexOf(line, edge.From)));
    }

    [Fact]
    public async Task A_sibling_is_neither_cause_nor_effect()
    {
        var (owner, project, cell) = await CellAsync();
        var one = await database.Scene.SampleAsync(project, "one", cell);
        var other = await database.Scene.SampleAsync(project, "other", cell);
        var graph = await Graphs.OfAsync(owner, NodeKind.Sample, one, Ct);
        Assert.Equal([cell, one], graph!.Nodes.Select(node => node.Id));
        Assert.DoesNotContain(graph.Nodes, node => node.Id == other);
    }

    [Fact]
    public async Task A_stranger_learns_nothing_and_a_guest_only_what_is_shared()
    {
        var (_, project, cell) = await CellAsync();
        var image = await database.Scene.DatasetAsync(project, "image", cell);
        var guest = await database.Scene.PersonAsync("guest");
        Assert.Null(await Graphs.OfAsync(guest, NodeKind.Dataset, image, Ct));

        // The guest's own lab analysed the image while it was shared: their result stays theirs, what it was made from stays unnamed.
        var lab = await database.Scene.LabAsync((guest, LabRole.Owner));
        var own = await database.Scene.ProjectAsync(lab);
        var (result, map) = await ResultOfAsync(own, image);
        var graph = await Graphs.OfAsync(guest, NodeKind.Dataset, map, Ct);

        Assert.Equal([true, false, false], graph!.Nodes.Select(node => node.IsHidden));
        Assert.Equal([result, map], graph.Nodes.Skip(1).Select(node => node.Id));
        Assert.DoesNotContain(graph.Nodes, node => node.Id == image || node.Id == cell);
    }

    [Fact]
    public async Task The_owner_is_not_told_what_others_made_of_shared_data()
    {
        var (owner, project, cell) = await CellAsync();
        var image = await database.Scene.DatasetAsync(project, "image", cell);
        var guest = await database.Scene.PersonAsync("guest");
        await ResultOfAsync(await database.Scene.ProjectAsync(await database.Scene.LabAsync((guest, LabRole.Owner))), image);
        Assert.Equal([cell, image], (await Graphs.OfAsync(owner, NodeKind.Sample, cell, Ct))!.Nodes.Select(node => node.Id));
    }

    [Fact]
    public async Task The_graph_of_a_project_is_that_of_its_items_together()
    {
        var (owner, project, cell) = await CellAsync();
        await database.Get<StepLog>().RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Grid, "G-1")]), Ct);
        var (_, map) = await ResultOfAsync(project, await database.Scene.DatasetAsync(project, "image", cell));
        await database.Scene.SampleAsync(project, "alone");
        var (from, to) = (await Graphs.OfAsync(owner, NodeKind.Sample, cell, Ct), await Graphs.OfAsync(owner, NodeKind.Dataset, map, Ct));

        var whole = await Graphs.OfProjectAsync(owner, project, Ct);
        Assert.Equal(from!.Edges.Union(to!.Edges).ToHashSet(), whole!.Edges.ToHashSet());
        Assert.Equal(from.Nodes.Count + 1, whole.Nodes.Count);
        Assert.Null(await Graphs.OfProjectAsync(await database.Scene.PersonAsync("stranger"), project, Ct));
    }

    [Fact]
    public async Task A_large_graph_says_that_it_is_cut()
    {
        var (owner, project, cell) = await CellAsync();
        for (var i = 0; i < ProvenanceWalkLimit; i++)
        {
            await database.Scene.SampleAsync(project, $"piece {i}", cell);
        }

        var graph = await Graphs.OfAsync(owner, NodeKind.Sample, cell, Ct);
        Assert.False(graph!.IsWhole);
        Assert.Equal(ProvenanceWalkLimit, graph.Nodes.Count);
    }

    [Fact]
    public async Task Prov_json_names_entities_activities_and_their_relations()
    {
        var (owner, project, cell) = await CellAsync();
        var step = await database.Get<StepLog>().RecordAsync(owner, project, new StepText("cutting", Then, Subjects: [cell], NewProducts: [new(SampleKind.Grid, "G-1")]), Ct);
        var document = ProvJson.Of((await Graphs.OfAsync(owner, NodeKind.Sample, cell, Ct))!);
        Assert.Equal("http://www.w3.org/ns/prov#", (string?)document["prefix"]!["prov"]);
        Assert.Equal($"cryohub:sample-{cell}", (string?)document["used"]!["_:u1"]!["prov:entity"]);
        Assert.Equal($"cryohub:step-{step}", (string?)document["wasGeneratedBy"]!["_:g1"]!["prov:activity"]);
        Assert.Equal(2, document["entity"]!.AsObject().Count);
    }

    [Fact]
    public void A_graph_that_was_cut_off_says_so_where_it_is_exported()
    {
        var origin = new ProvenanceNode(NodeKind.Sample, Guid.CreateVersion7(), "Cell A", "Cell", null, false);
        JsonNode Exported(bool isWhole) => ProvJson.Of(new ProvenanceGraph(origin.Id, [origin], [], isWhole))["entity"]![$"cryohub:sample-{origin.Id}"]!;
        Assert.False((bool)Exported(false)["cryohub:isWhole"]!);
        Assert.Null(Exported(true)["cryohub:isWhole"]);
    }

    private const int ProvenanceWalkLimit = 1500;

    private async Task<(Guid Owner, Guid Project, Guid Cell)> CellAsync()
    {
        var owner = await database.Scene.PersonAsync("ada");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        return (owner, project, await database.Scene.SampleAsync(project, "Cell A"));
    }

    /// <summary>An analysis of the data set with one picture.</summary>
    private async Task<(Guid Result, Guid Map)> ResultOfAsync(Guid project, Guid input)
    {
        var result = await database.Scene.ResultAsync(project);
        await database.Scene.ReadAsync(async db =>
        {
            var job = await db.Results.Where(r => r.Id == result).Select(r => r.JobId).SingleAsync();
            db.JobInputs.Add(new JobInput { JobId = job, Role = "signal", DatasetId = input, Sha256 = new byte[32] });
            return await db.SaveChangesAsync();
        });
        var map = await database.Scene.DatasetAsync(project, "map", also: null);
        await database.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == map).ExecuteUpdateAsync(set => set.SetProperty(d => d.ResultId, result).SetProperty(d => d.ResultItem, 1)));
        return (result, map);
    }
}

using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Annotations;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Annotations;

public sealed class ClassCatalogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ClassText Dendrite = new("Dendrite", "A branched wire.", "#2099fa", Kinds: [ShapeKind.Polyline]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ClassCatalog Classes => database.Get<ClassCatalog>();

    [Fact]
    public async Task Every_project_begins_with_the_words_of_battery_interphases()
    {
        var bench = await Bench.CreateAsync(database);
        var classes = (await Classes.ListAsync(bench.UserId, bench.ProjectId, Ct))!;
        Assert.Equal(13, classes.Count);
        Assert.All(classes, c => Assert.True(c.IsBuiltIn && c.Version == 0 && c.Definition.Length > 0));
        Assert.Distinct(classes.Where(c => c.Shortcut.Length > 0).Select(c => c.Shortcut));
    }

    [Fact]
    public async Task A_class_is_added_worded_anew_and_its_history_kept()
    {
        var bench = await Bench.CreateAsync(database);
        Assert.Equal(Change.Done, await PutAsync(bench, "dendrite", Dendrite, 0));
        Assert.Equal(Change.Conflict, await PutAsync(bench, "dendrite", Dendrite with { Name = "Whisker" }, 0));
        var now = (await Classes.FindAsync(bench.UserId, bench.ProjectId, "dendrite", Ct))!;
        Assert.Equal(Change.Done, await PutAsync(bench, "dendrite", Dendrite with { Name = "Whisker" }, now.Version));
        Assert.Equal(Change.Done, await PutAsync(bench, "void", new("Pore", "", "#C563A4"), 0));
        Assert.Equal("Pore", (await Classes.FindAsync(bench.UserId, bench.ProjectId, "void", Ct))!.Name);
        Assert.Equal(3, await database.Scene.ReadAsync(db => db.Audit.CountAsync(a => a.TableName == "annotation_classes" && a.ProjectId == bench.ProjectId, Ct)));
    }

    [Fact]
    public async Task Shapes_of_a_merged_class_count_as_the_other_and_go_back_when_it_is_undone()
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        await PutAsync(bench, "dendrite", Dendrite, 0);
        await database.Get<ShapeDrawing>().DrawAsync(bench.UserId, dataset, 0, [new(ShapeKind.Polyline, [[0, 0, 5, 5]], "dendrite")], Ct);
        await MergeAsync("dendrite", "metal");
        Assert.Equal("metal", await ClassAsync());
        Assert.Contains("circle", (await Assert.ThrowsAsync<ProblemException>(() => MergeAsync("metal", "dendrite"))).Message, StringComparison.Ordinal);
        await MergeAsync("dendrite", "");
        Assert.Equal("dendrite", await ClassAsync());

        async Task MergeAsync(string key, string into) =>
            Assert.Equal(Change.Done, await Classes.MergeAsync(bench.UserId, bench.ProjectId, key, into, (await Classes.FindAsync(bench.UserId, bench.ProjectId, key, Ct))!.Version, Ct));
        async Task<string> ClassAsync() => (await database.Get<ShapeLog>().ListAsync(bench.UserId, dataset, 0, null, null, PageRequest.First, Ct))!.Items[0].ClassKey;
    }

    [Theory]
    [InlineData("dendrite", "", "#2099FA", "", "A name is needed")]
    [InlineData("dendrite", "D", "blue", "", "A colour is written as")]
    [InlineData("dendrite", "D", "#2099FA", "x", "A shortcut is one digit")]
    [InlineData("dendrite", "D", "#2099FA", "3", "taken by “Inorganic crystallite”")]
    [InlineData("Dendrite!", "D", "#2099FA", "", "is no key")]
    public async Task What_is_no_class_is_refused_in_words(string key, string name, string colour, string shortcut, string words)
    {
        var bench = await Bench.CreateAsync(database);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => PutAsync(bench, key, new(name, "", colour, shortcut), 0));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private Task<Change> PutAsync(Bench bench, string key, ClassText text, uint version) => Classes.PutAsync(bench.UserId, bench.ProjectId, key, text, version, Ct);
}

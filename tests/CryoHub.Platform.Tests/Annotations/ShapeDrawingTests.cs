using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Annotations;

public sealed class ShapeDrawingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ShapeDrawing Drawing => database.Get<ShapeDrawing>();

    private ShapeLog Log => database.Get<ShapeLog>();

    [Fact]
    public async Task A_drawn_shape_is_listed_with_its_sizes_in_the_pictures_unit()
    {
        var (ada, dataset) = await PictureAsync();
        await DrawAsync(ada, dataset, Square(10, 10, 20) with { ClassKey = "crystallite", Label = "C1" });
        var row = Assert.Single((await Log.ListAsync(ada, dataset, 0, null, null, PageRequest.First, Ct))!.Items);
        Assert.Equal(("crystallite", "C1", 1, "someone"), (row.ClassKey, row.Label, row.Revision, row.ChangedBy));
        Assert.Equal(("nm", 400.0, 80.0), (row.Measures.Unit, row.Measures.Area!.Value, row.Measures.Perimeter!.Value));
    }

    [Fact]
    public async Task A_view_shows_what_meets_it_on_its_frame()
    {
        var (ada, dataset) = await PictureAsync(frames: 5);
        await DrawAsync(ada, dataset, Square(0, 0, 10) with { Label = "everywhere" });
        await DrawAsync(ada, dataset, Square(0, 0, 10) with { Label = "frames 2 and 3", FirstFrame = 2, LastFrame = 3 });
        await DrawAsync(ada, dataset, Square(300, 300, 10) with { Label = "far" });
        async Task<string[]> SeenAsync(int frame) => [.. (await Log.ListAsync(ada, dataset, 0, new(5, 5, 50, 50), frame, PageRequest.First, Ct))!.Items.Select(s => s.Label)];
        Assert.Equal(["everywhere"], await SeenAsync(1));
        Assert.Equal(["everywhere", "frames 2 and 3"], await SeenAsync(3));
    }

    [Fact]
    public async Task The_later_writer_is_refused_and_nothing_is_lost()
    {
        var (ada, dataset) = await PictureAsync();
        var bob = await AnnotatorAsync(dataset);
        var id = await DrawAsync(ada, dataset, Square(0, 0, 10));
        Assert.Equal(Change.Done, await Drawing.EditAsync(bob, id, Square(0, 0, 20), 1, Ct));
        Assert.Equal(Change.Conflict, await Drawing.EditAsync(ada, id, Square(0, 0, 30), 1, Ct));
        Assert.Equal(Change.Conflict, await Drawing.TakeAwayAsync(ada, id, 1, Ct));
        Assert.Equal(400, (await Log.FindAsync(ada, id, Ct))!.Measures.Area!.Value, 1e-9);
    }

    [Fact]
    public async Task What_is_sent_twice_happens_once()
    {
        var (ada, dataset) = await PictureAsync();
        var shape = Square(0, 0, 10) with { Id = Guid.CreateVersion7() };
        await DrawAsync(ada, dataset, shape);
        await DrawAsync(ada, dataset, shape);
        Assert.Equal(Change.Done, await Drawing.EditAsync(ada, shape.Id.Value, Square(0, 0, 20), 1, Ct));
        Assert.Equal(Change.Done, await Drawing.EditAsync(ada, shape.Id.Value, Square(0, 0, 20), 1, Ct));
        Assert.Equal(Change.Done, await Drawing.TakeAwayAsync(ada, shape.Id.Value, 2, Ct));
        Assert.Equal(Change.Done, await Drawing.TakeAwayAsync(ada, shape.Id.Value, 2, Ct));
        var versions = (await Log.VersionsAsync(ada, shape.Id.Value, PageRequest.First, Ct))!;
        Assert.Equal([(3, true), (2, false), (1, false)], versions.Items.Select(v => (v.Revision, v.IsDeleted)));
        Assert.Equal(3, (await Log.LayerAsync(ada, dataset, 0, Ct))!.Sequence);
    }

    [Fact]
    public async Task An_earlier_state_comes_back_also_after_the_shape_was_taken_away_but_not_over_anothers_change()
    {
        var (ada, dataset) = await PictureAsync();
        var bob = await AnnotatorAsync(dataset);
        var id = await DrawAsync(ada, dataset, Square(0, 0, 10));
        await Drawing.TakeAwayAsync(ada, id, 1, Ct);
        Assert.Equal(Change.Done, await Drawing.GoBackAsync(ada, id, 1, 2, Ct));
        Assert.False((await Log.FindAsync(ada, id, Ct))!.IsDeleted);
        await Drawing.EditAsync(bob, id, Square(0, 0, 20), 3, Ct);
        Assert.Equal(Change.Conflict, await Drawing.GoBackAsync(ada, id, 2, 3, Ct));
        Assert.Contains("revisions 1 to 4", (await Assert.ThrowsAsync<ProblemException>(() => Drawing.GoBackAsync(ada, id, 9, 4, Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_annotators_and_up_draw_and_strangers_see_nothing()
    {
        var (ada, dataset) = await PictureAsync();
        var id = await DrawAsync(ada, dataset, Square(0, 0, 10));
        var viewer = await AnnotatorAsync(dataset, ProjectRole.Viewer);
        var stranger = await database.Scene.PersonAsync("stranger");
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Drawing.DrawAsync(viewer, dataset, 0, [Square(0, 0, 5)], Ct))).Kind);
        Assert.Equal(Change.Forbidden, await Drawing.EditAsync(viewer, id, Square(0, 0, 5), 1, Ct));
        Assert.False((await Log.LayerAsync(viewer, dataset, 0, Ct))!.CanDraw);
        Assert.Null(await Drawing.DrawAsync(stranger, dataset, 0, [Square(0, 0, 5)], Ct));
        Assert.Equal(Change.Absent, await Drawing.TakeAwayAsync(stranger, id, 1, Ct));
        Assert.Null(await Log.FindAsync(stranger, id, Ct));
        Assert.Null(await Log.VersionsAsync(stranger, id, PageRequest.First, Ct));
    }

    [Fact]
    public async Task A_locked_layer_names_its_holder_until_the_heartbeat_ends()
    {
        var (ada, dataset) = await PictureAsync();
        var bob = await AnnotatorAsync(dataset);
        var locks = database.Get<LayerLocks>();
        await locks.HoldAsync(bob, dataset, 0, Ct);
        Assert.Contains("another has locked", (await Assert.ThrowsAsync<ProblemException>(() => Drawing.DrawAsync(ada, dataset, 0, [Square(0, 0, 5)], Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(("another", false), await StateAsync(ada));
        await DrawAsync(bob, dataset, Square(0, 0, 5));

        var past = DateTimeOffset.UnixEpoch;   // as if the last sign of life were long ago
        await database.Scene.ReadAsync(db => db.AnnotationLayers.Where(l => l.DatasetId == dataset).ExecuteUpdateAsync(set => set.SetProperty(l => l.LockedUntil, past), Ct));
        Assert.Equal(("", true), await StateAsync(ada));
        await DrawAsync(ada, dataset, Square(0, 0, 5));
        await locks.HoldAsync(ada, dataset, 0, Ct);
        Assert.Contains("someone has locked", (await Assert.ThrowsAsync<ProblemException>(() => locks.HoldAsync(bob, dataset, 0, Ct))).Message, StringComparison.Ordinal);
        await locks.LetGoAsync(ada, dataset, 0, Ct);
        await DrawAsync(bob, dataset, Square(0, 0, 5));

        async Task<(string, bool)> StateAsync(Guid who) => await Log.LayerAsync(who, dataset, 0, Ct) is { } layer ? (layer.LockedBy, layer.CanDraw) : default;
    }

    [Fact]
    public async Task Many_who_draw_at_once_get_numbers_without_gap_or_double()
    {
        var (ada, dataset) = await PictureAsync();
        var bob = await AnnotatorAsync(dataset);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => DrawAsync(i % 2 == 0 ? ada : bob, dataset, Square(i, i, 10))));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), (await Log.ChangesAsync(ada, dataset, 0, 0, Ct))!.Select(s => s.Sequence));
        Assert.Equal([19L, 20L], (await Log.ChangesAsync(ada, dataset, 0, 18, Ct))!.Select(s => s.Sequence));
    }

    [Fact]
    public async Task Unknown_classes_frames_and_confidences_are_refused_in_words()
    {
        var (ada, dataset) = await PictureAsync();
        await RefusedAsync("“gold” is no class", Square(0, 0, 5) with { ClassKey = "gold" });
        await RefusedAsync("“Inorganic crystallite” is not drawn as line", new ShapeText(ShapeKind.Line, [[0, 0, 5, 5]], "crystallite"));
        await RefusedAsync("Frames 0 to 3 are not possible: there are 1", Square(0, 0, 5) with { FirstFrame = 0, LastFrame = 3 });
        await RefusedAsync("goes from 0 to 1", Square(0, 0, 5) with { Confidence = 1.5 });
        await RefusedAsync("has no coordinates", new ShapeText(ShapeKind.Polygon, null));

        async Task RefusedAsync(string words, ShapeText shape) =>
            Assert.Contains(words, (await Assert.ThrowsAsync<ProblemException>(() => Drawing.DrawAsync(ada, dataset, 0, [shape], Ct))).Message, StringComparison.Ordinal);
    }

    private static ShapeText Square(double x, double y, double side) => new(ShapeKind.Polygon, [[x, y, x + side, y, x + side, y + side, x, y + side]]);

    private async Task<Guid> DrawAsync(Guid userId, Guid dataset, ShapeText shape) => Assert.Single((await Drawing.DrawAsync(userId, dataset, 0, [shape], Ct))!);

    private async Task<(Guid Ada, Guid Dataset)> PictureAsync(int frames = 1)
    {
        var bench = await Bench.CreateAsync(database);
        var dataset = await bench.DatasetAsync();
        if (frames > 1)
        {
            var axes = System.Text.Json.JsonDocument.Parse($$"""[{"name":"z","size":{{frames}},"unit":"","role":"index"},{"name":"y","size":512,"unit":"nm","role":"space"},{"name":"x","size":512,"unit":"nm","role":"space"}]""");
            await database.Scene.ReadAsync(db => db.Signals.Where(s => s.DatasetId == dataset).ExecuteUpdateAsync(set => set.SetProperty(s => s.Axes, axes), Ct));
        }

        return (bench.UserId, dataset);
    }

    private async Task<Guid> AnnotatorAsync(Guid dataset, ProjectRole role = ProjectRole.Annotator)
    {
        var bob = await database.Scene.PersonAsync("another");
        await database.Scene.ShareAsync(await database.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == dataset).Select(d => d.ProjectId).SingleAsync(Ct)), role, bob);
        return bob;
    }
}

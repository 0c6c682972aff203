using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Tests.Painting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Reviews;

public sealed class LayerTruthTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LayerTruth Truth => app.Services.GetRequiredService<LayerTruth>();

    private PaintLayers Layers => app.Services.GetRequiredService<PaintLayers>();

    private ReviewDesk Desk => app.Services.GetRequiredService<ReviewDesk>();

    private ReviewList Reviews => app.Services.GetRequiredService<ReviewList>();

    [Fact]
    public async Task A_layer_marked_as_ground_truth_stays_as_it_is_until_the_mark_is_taken_away()
    {
        var world = await PaintWorld.MakeAsync(app);
        await PaintAsync(world.Bob, world.Layer);
        Assert.Equal(Change.Done, await Truth.MarkAsync(world.Ada, world.Layer, Ct));

        await RefusedAsync("marked as ground truth", () => PaintAsync(world.Bob, world.Layer));
        await RefusedAsync("marked as ground truth", () => PaintAsync(world.Ada, world.Layer));
        await RefusedAsync("marked as ground truth", () => Layers.PutLabelAsync(world.Ada, world.Layer, 1, new("Metal"), Ct));
        await RefusedAsync("marked as ground truth", () => Layers.DeleteAsync(world.Ada, world.Layer, Ct));
        var marked = (await Layers.FindAsync(world.Bob, world.Layer, Ct))!;
        Assert.NotNull(marked.Truth);
        Assert.False(marked.CanJudge);

        Assert.Equal(Change.Done, await Truth.UnmarkAsync(world.Ada, world.Layer, Ct));
        await PaintAsync(world.Bob, world.Layer);
        var free = (await Layers.FindAsync(world.Ada, world.Layer, Ct))!;
        Assert.Null(free.Truth);
        Assert.True(free.CanJudge);
    }

    [Fact]
    public async Task Only_a_manager_marks_and_a_stranger_does_not_learn_that_the_layer_exists()
    {
        var world = await PaintWorld.MakeAsync(app);
        var stranger = await app.PersonAsync($"eve-{Guid.CreateVersion7():N}");
        Assert.Equal(Change.Forbidden, await Truth.MarkAsync(world.Bob, world.Layer, Ct));
        Assert.Equal(Change.Absent, await Truth.MarkAsync(stranger, world.Layer, Ct));
        await Truth.MarkAsync(world.Ada, world.Layer, Ct);
        Assert.Equal(Change.Forbidden, await Truth.UnmarkAsync(world.Bob, world.Layer, Ct));
        Assert.NotNull((await Layers.FindAsync(world.Ada, world.Layer, Ct))!.Truth);
    }

    [Fact]
    public async Task The_mark_and_its_end_are_in_the_audit_trail()
    {
        var world = await PaintWorld.MakeAsync(app);
        await Truth.MarkAsync(world.Ada, world.Layer, Ct);
        await Truth.UnmarkAsync(world.Ada, world.Layer, Ct);

        var record = world.Layer.ToString();
        var entries = await app.Scene.ReadAsync(db => db.Audit.Where(a => a.TableName == "paint_layers" && a.RecordId == record && a.Action == "update").OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal(world.Ada, entry.UserId));
    }

    [Fact]
    public async Task A_part_of_a_review_is_marked_once_it_is_handed_in_and_is_not_taken_back_while_it_is_marked()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = (await Desk.MakeAsync(world.Ada, world.Dataset, 0, new("Interphase", "", false, null, null, [world.Ada, world.Bob]), Ct))!.Value;
        var part = (await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).LayerId!.Value;
        await RefusedAsync("not handed in yet", () => Truth.MarkAsync(world.Ada, part, Ct));

        await Desk.HandInAsync(world.Bob, review, Ct);
        Assert.Equal(Change.Done, await Truth.MarkAsync(world.Ada, part, Ct));
        Assert.True((await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).IsTruth);
        await RefusedAsync("marked as ground truth", () => Desk.TakeBackAsync(world.Bob, review, Ct));
        await Truth.UnmarkAsync(world.Ada, part, Ct);
        Assert.Equal(Change.Done, await Desk.TakeBackAsync(world.Bob, review, Ct));
    }

    [Fact]
    public async Task A_blind_part_of_somebody_else_cannot_be_marked_before_all_are_in()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = (await Desk.MakeAsync(world.Ada, world.Dataset, 0, new("Interphase", "", true, null, null, [world.Ada, world.Bob]), Ct))!.Value;
        var part = (await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).LayerId!.Value;
        await Desk.HandInAsync(world.Bob, review, Ct);
        Assert.Equal(Change.Absent, await Truth.MarkAsync(world.Ada, part, Ct));
    }

    private Task<PaintDone?> PaintAsync(Guid person, Guid layer) => app.Services.GetRequiredService<Painter>().ActAsync(
        person, layer, new(Guid.CreateVersion7(), PaintAct.Paint, new(StrokeKind.Brush, 1, [100, 100], Radius: 20)), Ct);

    private static async Task RefusedAsync(string words, Func<Task> act) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<ProblemException>(act)).Message, StringComparison.Ordinal);
}

using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Tests.Painting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Reviews;

public sealed class ReviewTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ReviewDesk Desk => app.Services.GetRequiredService<ReviewDesk>();

    private ReviewList Reviews => app.Services.GetRequiredService<ReviewList>();

    private PaintLayers Layers => app.Services.GetRequiredService<PaintLayers>();

    private Painter Painter => app.Services.GetRequiredService<Painter>();

    private PaintBlocks Blocks => app.Services.GetRequiredService<PaintBlocks>();

    [Fact]
    public async Task Of_a_blind_review_nobody_sees_the_others_labels_before_all_have_handed_in()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: true);
        var (ada, bob) = (await LayerAsync(world.Ada, review), await LayerAsync(world.Bob, review));
        await PaintAsync(world.Ada, ada);
        await PaintAsync(world.Bob, bob);

        await HiddenAsync(world.Ada, world, review, bob);
        await HiddenAsync(world.Bob, world, review, ada);
        Assert.Equal(Change.Done, await Desk.HandInAsync(world.Ada, review, Ct));
        await HiddenAsync(world.Ada, world, review, bob);
        await HiddenAsync(world.Bob, world, review, ada);

        Assert.Equal(Change.Done, await Desk.HandInAsync(world.Bob, review, Ct));
        foreach (var (person, other) in new[] { (world.Ada, bob), (world.Bob, ada) })
        {
            Assert.NotNull(await Layers.FindAsync(person, other, Ct));
            Assert.NotNull(await Blocks.ChunkAsync(person, other, 0, 0, 0, Ct));
            Assert.Contains(await Layers.ListAsync(person, world.Dataset, 0, Ct) ?? [], layer => layer.Id == other);
        }

        Assert.Equal(ReviewState.Done, (await Reviews.FindAsync(world.Ada, review, Ct))!.State);
    }

    [Fact]
    public async Task Closing_a_blind_review_shows_what_was_painted_and_takes_nothing_more()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: true);
        var bob = await LayerAsync(world.Bob, review);
        Assert.Equal(Change.Forbidden, await Desk.CloseAsync(world.Bob, review, Ct));
        Assert.Equal(Change.Done, await Desk.CloseAsync(world.Ada, review, Ct));

        Assert.NotNull(await Layers.FindAsync(world.Ada, bob, Ct));
        await RefusedAsync("is closed", () => PaintAsync(world.Bob, bob));
        await RefusedAsync("is closed", () => Desk.HandInAsync(world.Bob, review, Ct));
    }

    /// <summary>Whoever knew it could save labels of their own as a data set of that id, which the comparison would then take for the other person's.</summary>
    [Fact]
    public async Task Nobody_is_told_beforehand_which_data_set_somebodys_labels_will_become()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: true);
        var name = $"mia-{Guid.CreateVersion7():N}";
        await app.Scene.ShareAsync((await Reviews.FindAsync(world.Ada, review, Ct))!.ProjectId, ProjectRole.Editor, await app.PersonAsync(name));
        var told = await (await app.ClientForAsync(name)).GetStringAsync($"/api/reviews/{review}", Ct);
        Assert.All((await Reviews.FindAsync(world.Ada, review, Ct))!.Reviewers, one =>
        {
            Assert.Contains(one.UserId.ToString(), told, StringComparison.Ordinal);
            Assert.DoesNotContain(one.LabelsId.ToString(), told, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Ones_part_is_painted_by_oneself_until_it_is_handed_in_and_again_when_it_is_taken_back()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: false);
        var bob = await LayerAsync(world.Bob, review);
        Assert.NotNull(await Layers.FindAsync(world.Ada, bob, Ct));   // not blind
        await RefusedAsync("somebody else's part", () => PaintAsync(world.Ada, bob));
        await RefusedAsync("somebody else's part", () => Layers.PutLabelAsync(world.Ada, bob, 1, new("Metal"), Ct));
        await RefusedAsync("stays with it", () => Layers.DeleteAsync(world.Bob, bob, Ct));

        var labels = (await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).LabelsId;
        await Desk.HandInAsync(world.Bob, review, Ct);
        await RefusedAsync("take it back", () => PaintAsync(world.Bob, bob));
        Assert.Equal(Change.Done, await Desk.TakeBackAsync(world.Bob, review, Ct));
        await PaintAsync(world.Bob, bob);
        Assert.NotEqual(labels, (await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).LabelsId);
    }

    [Fact]
    public async Task A_blind_part_is_not_taken_back_once_all_are_in()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: true);
        var outcomes = await Task.WhenAll(Desk.HandInAsync(world.Ada, review, Ct), Desk.HandInAsync(world.Bob, review, Ct));
        Assert.All(outcomes, outcome => Assert.Equal(Change.Done, outcome));
        await RefusedAsync("no longer be taken back", () => Desk.TakeBackAsync(world.Bob, review, Ct));
    }

    /// <summary>Whichever comes first, the stroke is in what was handed in or is refused.</summary>
    [Fact]
    public async Task A_stroke_that_meets_a_hand_in_is_either_part_of_it_or_refused()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: false);
        var bob = await LayerAsync(world.Bob, review);
        var strokes = Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => PaintAsync(world.Bob, bob))).ToArray();
        var handed = Desk.HandInAsync(world.Bob, review, Ct);
        var refused = (await Task.WhenAll(strokes.Select(async stroke => await stroke))).OfType<ProblemException>().Count();
        Assert.Equal(Change.Done, await handed);

        var at = (await Reviews.FindAsync(world.Bob, review, Ct))!.Reviewers.Single(one => one.IsMe).HandedInAt;
        Assert.Equal(8 - refused, await app.Scene.ReadAsync(db => db.PaintStrokes.CountAsync(s => s.LayerId == bob, Ct)));
        Assert.NotNull(at);
    }

    [Fact]
    public async Task What_cannot_be_given_out_is_refused_in_words()
    {
        var world = await PaintWorld.MakeAsync(app);
        var stranger = await app.PersonAsync($"eve-{Guid.CreateVersion7():N}");
        await RefusedAsync("1 to 6 people", () => MakeAsync(world, new("R", "", false, null, null, [])));
        await RefusedAsync("a blind one to at least 2", () => MakeAsync(world, new("R", "", true, null, null, [world.Bob])));
        await RefusedAsync("1 of 2 people named may not annotate", () => MakeAsync(world, new("R", "", false, null, null, [world.Bob, stranger])));
        await RefusedAsync("lies outside the picture of 512 × 512 × 1", () => MakeAsync(world, new("R", "", false, new(500, 0, 0, 20, 20, 1), null, [world.Bob])));
        await RefusedAsync("lies outside", () => MakeAsync(world, new("R", "", false, new(0, 0, 0, int.MaxValue, 1, 1), null, [world.Bob])));
        await RefusedAsync("A name is needed", () => MakeAsync(world, new(" ", "", false, null, null, [world.Bob])));
        await RefusedAsync("takes an editor", () => Desk.MakeAsync(world.Bob, world.Dataset, 0, new("R", "", false, null, null, [world.Bob]), Ct));
        Assert.Null(await Desk.MakeAsync(stranger, world.Dataset, 0, new("R", "", false, null, null, [world.Bob]), Ct));
    }

    [Fact]
    public async Task A_review_is_seen_by_whoever_sees_its_picture_and_by_nobody_else()
    {
        var world = await PaintWorld.MakeAsync(app);
        var review = await GiveAsync(world, isBlind: false);
        var stranger = await app.PersonAsync($"eve-{Guid.CreateVersion7():N}");
        var project = (await Reviews.FindAsync(world.Ada, review, Ct))!.ProjectId;
        Assert.Null(await Reviews.FindAsync(stranger, review, Ct));
        Assert.Null(await Reviews.ListAsync(stranger, project, null, false, PageRequest.First, Ct));
        Assert.Empty(await Reviews.PeopleAsync(stranger, project, Ct));
        Assert.Empty(await Reviews.PeopleAsync(world.Bob, project, Ct));   // who may annotate only gives nothing out
        Assert.Equal(2, (await Reviews.PeopleAsync(world.Ada, project, Ct)).Count);
        Assert.Equal(Change.Absent, await Desk.HandInAsync(stranger, review, Ct));
        Assert.Equal(review, Assert.Single((await Reviews.ListAsync(world.Bob, project, world.Dataset, true, PageRequest.First, Ct))!.Items).Id);

        await app.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == world.Dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, DateTimeOffset.UnixEpoch), Ct));
        Assert.Null(await Reviews.FindAsync(world.Ada, review, Ct));
    }

    private async Task HiddenAsync(Guid person, PaintWorld world, Guid review, Guid other)
    {
        Assert.Null(await Layers.FindAsync(person, other, Ct));
        Assert.Null(await Blocks.ChangedAsync(person, other, 0, null, Ct));
        Assert.Null(await Blocks.ChunkAsync(person, other, 0, 0, 0, Ct));
        Assert.Null(await Blocks.SliceAsync(person, other, 0, Ct));
        Assert.Null(await Painter.ActAsync(person, other, Brush(), Ct));
        Assert.Equal(Change.Absent, await Layers.DeleteAsync(person, other, Ct));
        Assert.False(await Layers.IsSharedAsync(person, other, Ct));
        Assert.DoesNotContain(await Layers.ListAsync(person, world.Dataset, 0, Ct) ?? [], layer => layer.Id == other);
        Assert.Null((await Reviews.FindAsync(person, review, Ct))!.Reviewers.Single(one => !one.IsMe).LayerId);
    }

    private async Task<Guid> GiveAsync(PaintWorld world, bool isBlind) =>
        (await MakeAsync(world, new("Interphase", "Paint what is inorganic.", isBlind, null, null, [world.Ada, world.Bob])))!.Value;

    private Task<Guid?> MakeAsync(PaintWorld world, ReviewText text) => Desk.MakeAsync(world.Ada, world.Dataset, 0, text, Ct);

    private async Task<Guid> LayerAsync(Guid person, Guid review) => (await Reviews.FindAsync(person, review, Ct))!.Reviewers.Single(one => one.IsMe).LayerId!.Value;

    private Task<PaintDone?> PaintAsync(Guid person, Guid layer) => Painter.ActAsync(person, layer, Brush(), Ct);

    private static PaintText Brush() => new(Guid.CreateVersion7(), PaintAct.Paint, new(StrokeKind.Brush, 1, [100, 100], Radius: 20));

    private static async Task RefusedAsync(string words, Func<Task> act) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<ProblemException>(act)).Message, StringComparison.Ordinal);
}

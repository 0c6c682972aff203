using CryoHub.Imaging;
using CryoHub.Imaging.Labels;
using CryoHub.Platform;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Painting;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Painting;

public sealed class PaintTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Painter Painter => app.Services.GetRequiredService<Painter>();

    /// <summary>Four hands at once; the truth is a plain picture on which the discs are drawn one after the other, in the order the server gave.</summary>
    [Fact]
    public async Task Whoever_paints_at_once_is_put_in_one_order_and_everybody_sees_the_same()
    {
        var world = await PaintWorld.MakeAsync(app);
        var random = new Random(7);
        var discs = Enumerable.Range(0, 100).Select(i => (X: random.Next(PaintWorld.Edge), Y: random.Next(PaintWorld.Edge), R: 2 + random.Next(60), Label: (ulong)(i % 14))).ToList();
        var done = await Task.WhenAll(discs.Select((disc, i) => PaintAsync(i % 2 == 0 ? world.Ada : world.Bob, world, disc)));
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), done.Select(d => d.Sequence).Order());

        var truth = new ulong[PaintWorld.Edge * PaintWorld.Edge];
        foreach (var (_, disc) in done.Zip(discs).OrderBy(pair => pair.First.Sequence))
        {
            Draw(truth, disc);
        }

        Assert.Equal(truth, await world.LabelsAsync());
        Assert.Equal(truth, await world.LabelsAsync());
    }

    [Fact]
    public async Task What_is_sent_twice_happens_once()
    {
        var world = await PaintWorld.MakeAsync(app);
        var text = Brush(100, 100, 20, 1);
        var first = await Painter.ActAsync(world.Ada, world.Layer, text, Ct);
        await PaintAsync(world.Bob, world, (100, 100, 20, 2));
        Assert.Equal(first, await Painter.ActAsync(world.Ada, world.Layer, text, Ct));
        Assert.Equal(2UL, (await world.LabelsAsync())[(100 * PaintWorld.Edge) + 100]);
        await RefusedAsync("Another stroke has this id", world.Bob, world, text);
    }

    /// <summary>Ada's disc, Bob's disc over its right half: taking Ada's back leaves Bob's whole and what was there before to the left.</summary>
    [Fact]
    public async Task Undoing_changes_only_what_one_was_the_last_to_paint()
    {
        var world = await PaintWorld.MakeAsync(app);
        await PaintAsync(world.Ada, world, (240, 200, 90, 3));
        var ada = await PaintAsync(world.Ada, world, (200, 200, 50, 1));
        var bob = await PaintAsync(world.Bob, world, (240, 200, 50, 2));
        await RefusedAsync("everybody undoes their own", world.Bob, world, Turn(PaintAct.Undo, ada));
        await Painter.ActAsync(world.Ada, world.Layer, Turn(PaintAct.Undo, ada), Ct);

        var truth = new ulong[PaintWorld.Edge * PaintWorld.Edge];
        Draw(truth, (240, 200, 90, 3));
        Draw(truth, (240, 200, 50, 2));
        Assert.Equal(truth, await world.LabelsAsync());

        await Painter.ActAsync(world.Bob, world.Layer, Turn(PaintAct.Undo, bob), Ct);
        await Painter.ActAsync(world.Ada, world.Layer, Turn(PaintAct.Redo, ada), Ct);
        Array.Clear(truth);
        Draw(truth, (240, 200, 90, 3));
        Draw(truth, (200, 200, 50, 1));
        Assert.Equal(truth, await world.LabelsAsync());
    }

    [Fact]
    public async Task Of_two_undos_at_once_one_happens()
    {
        var world = await PaintWorld.MakeAsync(app);
        var stroke = await PaintAsync(world.Ada, world, (200, 200, 50, 1));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Record.ExceptionAsync(() => Painter.ActAsync(world.Ada, world.Layer, Turn(PaintAct.Undo, stroke), Ct)).AsTask()));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<ProblemException>(), refused => Assert.Equal("The stroke is undone already.", refused.Message));
        Assert.DoesNotContain(await world.LabelsAsync(), label => label != 0);
    }

    [Fact]
    public async Task Locked_labels_are_neither_painted_over_nor_painted_with()
    {
        var world = await PaintWorld.MakeAsync(app);
        await PaintAsync(world.Ada, world, (200, 200, 50, 1));
        await app.Services.GetRequiredService<PaintLayers>().PutLabelAsync(world.Ada, world.Layer, 1, new("Outer SEI", IsLocked: true), Ct);
        await PaintAsync(world.Bob, world, (220, 200, 50, 2));
        var truth = new ulong[PaintWorld.Edge * PaintWorld.Edge];
        Draw(truth, (220, 200, 50, 2));
        Draw(truth, (200, 200, 50, 1));
        Assert.Equal(truth, await world.LabelsAsync());
        await RefusedAsync("“Outer SEI” is locked", world.Bob, world, Brush(10, 10, 3, 1));
    }

    [Fact]
    public async Task A_layer_held_by_somebody_takes_nothing_from_others_and_says_who_holds_it()
    {
        var world = await PaintWorld.MakeAsync(app);
        await app.Services.GetRequiredService<LayerLocks>().HoldAsync(world.Ada, world.Dataset, 0, Ct);
        await RefusedAsync("has locked this layer", world.Bob, world, Brush(10, 10, 3, 1));
        await PaintAsync(world.Ada, world, (10, 10, 3, 1));
    }

    /// <summary>A picture of two halves, 100 and 200: a brush for 150 and more writes on the right one only.</summary>
    [Fact]
    public async Task A_brush_for_a_range_of_grey_values_leaves_the_others()
    {
        var world = await PaintWorld.MakeAsync(app, (x, _) => x < 250 ? 100 : 200);
        await Painter.ActAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), PaintAct.Paint, new(StrokeKind.Brush, 1, [250, 256], Radius: 100, Grey: new(150, 1000))), Ct);
        var labels = await world.LabelsAsync();
        Assert.All(Enumerable.Range(0, labels.Length), i => Assert.Equal(i % PaintWorld.Edge >= 250 && Distance(i, 250, 256) <= 100 ? 1UL : 0, labels[i]));
    }

    [Fact]
    public async Task A_region_grows_to_the_edge_of_its_grey_values_and_an_outline_is_filled()
    {
        var world = await PaintWorld.MakeAsync(app, (x, y) => Math.Abs(x - 256) < 60 && Math.Abs(y - 256) < 40 ? 100 + (x % 3) : 300);
        var regions = app.Services.GetRequiredService<PaintRegions>();
        await regions.GrowAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), 0, 256, 256, 1, Tolerance: 5), Ct);
        var labels = await world.LabelsAsync();
        Assert.Equal(119 * 79, labels.Count(label => label == 1));

        await regions.GrowAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), 0, 256, 256, 2), Ct);
        Assert.Equal(new HashSet<ulong> { 0, 2 }, (await world.LabelsAsync()).ToHashSet());
        await regions.GrowAsync(world.Bob, world.Layer, new(Guid.CreateVersion7(), 0, 0, 0, 3), Ct);
        Assert.Equal((PaintWorld.Edge * PaintWorld.Edge) - (119 * 79), (await world.LabelsAsync()).Count(label => label == 3));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => regions.GrowAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), 0, 600, 0, 1), Ct));
        Assert.Contains("outside the layer of 512 × 512 × 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_was_taken_away_comes_back_as_it_was_and_the_audit_trail_knows_both()
    {
        var world = await PaintWorld.MakeAsync(app);
        var layers = app.Services.GetRequiredService<PaintLayers>();
        await PaintAsync(world.Ada, world, (100, 100, 20, 1));
        var before = await world.LabelsAsync();
        Assert.Equal(Change.Done, await layers.DeleteAsync(world.Bob, world.Layer, Ct));
        Assert.Empty((await layers.ListAsync(world.Ada, world.Dataset, 0, Ct))!);
        Assert.Null(await Painter.ActAsync(world.Ada, world.Layer, Brush(5, 5, 3, 1), Ct));
        Assert.Equal(Change.Done, await layers.RestoreAsync(world.Ada, world.Layer, Ct));
        Assert.Equal(before, await world.LabelsAsync());
        var record = world.Layer.ToString();
        var trail = await app.Scene.ReadAsync(db => db.Audit.Where(a => a.TableName == "paint_layers" && a.RecordId == record).OrderBy(a => a.Id).Select(a => new { a.Action, a.UserId }).ToListAsync(Ct));
        Assert.Equal([("insert", world.Ada), ("update", world.Bob), ("update", world.Ada)], trail.Select(entry => (entry.Action, entry.UserId!.Value)));
    }

    /// <summary>Discs of radius 20 and 40 on slices 1 and 5: one of radius 30 on slice 3, within 3 %, less what somebody else has painted there; one act, undone as one.</summary>
    [Fact]
    public async Task Slices_between_two_are_filled_where_nothing_is_painted()
    {
        var world = await PaintWorld.MakeAsync(app, frames: 8);
        var (regions, blocks) = (app.Services.GetRequiredService<PaintRegions>(), app.Services.GetRequiredService<PaintBlocks>());
        await Painter.ActAsync(world.Ada, world.Layer, OnSlice(1, 200.5, 20, 1), Ct);
        Assert.Contains("one above slice 3 first", (await Assert.ThrowsAsync<ProblemException>(() => regions.BetweenAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), 3, 1), Ct))).Message, StringComparison.Ordinal);
        await Painter.ActAsync(world.Ada, world.Layer, OnSlice(5, 200.5, 40, 1), Ct);
        await Painter.ActAsync(world.Bob, world.Layer, OnSlice(3, 200.5, 10, 2), Ct);
        var filled = (await regions.BetweenAsync(world.Ada, world.Layer, new(Guid.CreateVersion7(), 3, 1), Ct))!;

        var middle = (await blocks.SliceAsync(world.Ada, world.Layer, 3, Ct))!;
        Assert.Equal(Math.PI * 30 * 30, middle.Count(label => label != 0), Math.PI * 30 * 30 * 0.03);
        Assert.Equal(middle.Count(label => label == 2), (await blocks.SliceAsync(world.Ada, world.Layer, 3, Ct))!.Where((_, i) => Distance(i, 200.5, 200.5) <= 10).Count());
        Assert.Contains(1UL, (await blocks.SliceAsync(world.Ada, world.Layer, 4, Ct))!);
        await Painter.ActAsync(world.Ada, world.Layer, Turn(PaintAct.Undo, filled), Ct);
        Assert.DoesNotContain(1UL, (await blocks.SliceAsync(world.Ada, world.Layer, 3, Ct))!);
        Assert.DoesNotContain(1UL, (await blocks.SliceAsync(world.Ada, world.Layer, 4, Ct))!);
    }

    /// <summary>After twice as many strokes as stay undoable: blocks are stored, the labels are the same, the oldest strokes stay, the newest can be undone; stopped halfway, nothing is lost.</summary>
    [Fact]
    public async Task Old_strokes_become_ground_and_nothing_changes()
    {
        var world = await PaintWorld.MakeAsync(app);
        var random = new Random(8);
        var discs = Enumerable.Range(0, 2 * Painter.KeptUndoable).Select(i => (X: random.Next(PaintWorld.Edge), Y: random.Next(PaintWorld.Edge), R: 2 + random.Next(40), Label: (ulong)(1 + (i % 13)))).ToList();
        await app.Scene.ReadAsync(async db =>
        {
            db.PaintStrokes.AddRange(discs.SkipLast(1).Select((disc, i) => Row(world, i + 1, disc)));
            db.PaintBlocks.AddRange(from y in Enumerable.Range(0, 2) from x in Enumerable.Range(0, 2) select new PaintBlock { LayerId = world.Layer, Y = y, X = x, Sequence = discs.Count - 1 });
            await db.PaintLayers.Where(l => l.Id == world.Layer).ExecuteUpdateAsync(set => set.SetProperty(l => l.Sequence, discs.Count - 1), Ct);
            return await db.SaveChangesAsync(Ct);
        });
        var last = await PaintAsync(world.Ada, world, discs[^1]);
        var truth = new ulong[PaintWorld.Edge * PaintWorld.Edge];
        discs.ForEach(disc => Draw(truth, disc));

        Assert.Equal(truth, await world.LabelsAsync());
        Assert.Equal([1000L], await app.Scene.ReadAsync(db => db.PaintBlocks.Where(b => b.LayerId == world.Layer).Select(b => b.GroundSequence).Distinct().ToListAsync(Ct)));
        Assert.Equal(4, await app.Services.GetRequiredService<IObjectStore>().ListAsync($"paint/{world.Layer}/", Ct).CountAsync(Ct));
        Assert.Equal(truth, await world.LabelsAsync());
        await RefusedAsync("this one is older", world.Ada, world, Turn(PaintAct.Undo, new(1000)));

        await app.Scene.ReadAsync(db => db.PaintBlocks.Where(b => b.LayerId == world.Layer).ExecuteUpdateAsync(set => set.SetProperty(b => b.GroundSequence, 0), Ct));   // stored, and stopped before the row said so
        Assert.Equal(truth, await world.LabelsAsync());

        await Painter.ActAsync(world.Ada, world.Layer, Turn(PaintAct.Undo, last), Ct);
        Array.Clear(truth);
        discs.SkipLast(1).ToList().ForEach(disc => Draw(truth, disc));
        Assert.Equal(truth, await world.LabelsAsync());
    }

    [Theory]
    [InlineData("no label 99", 99, 10.0, 3.0)]
    [InlineData("outside the layer", 1, -50.0, 3.0)]
    [InlineData("radius of 5000", 1, 10.0, 5000.0)]
    [InlineData("not a number", 1, double.NaN, 3.0)]
    public async Task What_is_no_stroke_is_refused_in_words(string words, int label, double x, double radius)
    {
        var world = await PaintWorld.MakeAsync(app);
        await RefusedAsync(words, world.Ada, world, Brush(x, 10, radius, (ulong)label));
        Assert.Equal(0, (await app.Services.GetRequiredService<PaintLayers>().FindAsync(world.Ada, world.Layer, Ct))!.Sequence);
    }

    private static PaintStroke Row(PaintWorld world, long sequence, (int X, int Y, int R, ulong Label) disc) => new()
    {
        LayerId = world.Layer,
        Sequence = sequence,
        Id = Guid.CreateVersion7(),
        Act = PaintAct.Paint,
        PaintedBy = world.Ada,
        PaintedAt = DateTimeOffset.UnixEpoch,
        Content = System.Text.Json.JsonDocument.Parse(FormattableString.Invariant($$"""{"kind":"brush","label":{{disc.Label}},"points":[{{disc.X}}.5,{{disc.Y}}.5],"radius":{{disc.R}}}""")),
        Right = PaintWorld.Edge - 1,
        Bottom = PaintWorld.Edge - 1,
    };

    private async Task<PaintDone> PaintAsync(Guid who, PaintWorld world, (int X, int Y, int R, ulong Label) disc) =>
        (await Painter.ActAsync(who, world.Layer, Brush(disc.X + 0.5, disc.Y + 0.5, disc.R, disc.Label), Ct))!;

    private async Task RefusedAsync(string words, Guid who, PaintWorld world, PaintText text) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<ProblemException>(() => Painter.ActAsync(who, world.Layer, text, Ct))).Message, StringComparison.Ordinal);

    private static PaintText Brush(double x, double y, double radius, ulong label) => new(Guid.CreateVersion7(), PaintAct.Paint, new(StrokeKind.Brush, label, [x, y], Radius: radius));

    private static PaintText OnSlice(int slice, double place, double radius, ulong label) => new(Guid.CreateVersion7(), PaintAct.Paint, new(StrokeKind.Brush, label, [place, place], slice, radius));

    private static PaintText Turn(PaintAct act, PaintDone stroke) => new(Guid.CreateVersion7(), act, Target: stroke.Sequence);

    private static void Draw(ulong[] picture, (int X, int Y, int R, ulong Label) disc)
    {
        for (var y = Math.Max(0, disc.Y - disc.R); y <= Math.Min(PaintWorld.Edge - 1, disc.Y + disc.R); y++)
        {
            for (var x = Math.Max(0, disc.X - disc.R); x <= Math.Min(PaintWorld.Edge - 1, disc.X + disc.R); x++)
            {
                if (((x - disc.X) * (x - disc.X)) + ((y - disc.Y) * (y - disc.Y)) <= disc.R * disc.R)
                {
                    picture[(y * PaintWorld.Edge) + x] = disc.Label;
                }
            }
        }
    }

    private static double Distance(int i, double x, double y) => Math.Sqrt(Math.Pow((i % PaintWorld.Edge) + 0.5 - x, 2) + Math.Pow((i / PaintWorld.Edge) + 0.5 - y, 2));
}

using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

/// <summary>The rules of painting together: order, once only, undo and redo; whole numbers, so everything is exact.</summary>
public sealed class LabelChunkTests
{
    private const int Edge = 12;
    private static readonly LabelBox Layer = new(0, 0, 0, Edge, Edge, 2);

    [Fact]
    public void Undo_brings_back_what_lay_below_except_where_somebody_painted_later()
    {
        var chunk = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
        chunk.Apply(1, Rectangle(1, 0, 0, 4, 1));
        chunk.Apply(2, Rectangle(2, 1, 0, 4, 1));
        chunk.Apply(3, Rectangle(3, 3, 0, 4, 1));
        Assert.Equal([1, 2, 2, 3], Row());
        Assert.Equal(2, chunk.Undo(4, 2));
        Assert.Equal([1, 1, 1, 3], Row());
        Assert.Equal(4, chunk.Undo(5, 3));
        Assert.Equal([1, 1, 1, 1], Row());
        Assert.Equal(4, chunk.Redo(6, 2));   // number 2 covers four voxels, one of them beyond this row's first four
        Assert.Equal([1, 2, 2, 2], Row());

        ulong[] Row() => chunk.Labels[..4].ToArray();
    }

    [Fact]
    public void A_stroke_keeps_to_grey_values_to_one_label_and_off_locked_ones()
    {
        var grey = Enumerable.Range(0, Layer.Voxels).Select(i => i == 5 ? float.NaN : i).ToArray();
        var chunk = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
        Assert.Equal(4, chunk.Apply(1, Rectangle(1, 0, 0, 12, 1) with { Grey = new(3, 7) }, grey));
        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0], Row());
        chunk.Apply(2, Rectangle(2, 0, 0, 5, 1) with { Only = 1 });
        Assert.Equal([0, 0, 0, 2, 2, 0, 1, 1, 0, 0, 0, 0], Row());
        chunk.Apply(3, Rectangle(3, 0, 0, 12, 1) with { Locked = [0, 2] });
        Assert.Equal([0, 0, 0, 2, 2, 0, 3, 3, 0, 0, 0, 0], Row());

        ulong[] Row() => chunk.Labels[..12].ToArray();
    }

    [Fact]
    public void Labels_of_64_bits_stay_what_they_are()
    {
        var chunk = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
        chunk.Apply(1, Rectangle(ulong.MaxValue, 0, 0, 1, 1));
        Assert.Equal(ulong.MaxValue, chunk.Labels[0]);
    }

    [Fact]
    public void What_has_become_ground_is_not_undone_and_the_reason_is_said()
    {
        var chunk = new LabelChunk(Layer, new ulong[Layer.Voxels], 8);
        Assert.Contains("after 8", Refusal(() => chunk.Undo(9, 8)), StringComparison.Ordinal);
        Assert.Contains("288 voxels; 5 labels", Refusal(() => new LabelChunk(Layer, new ulong[5], 0)), StringComparison.Ordinal);
        Assert.Contains("288 voxels", Refusal(() => chunk.Apply(9, Rectangle(1, 0, 0, 1, 1) with { Grey = new(0, 1) })), StringComparison.Ordinal);

        static string Refusal(Func<object> act) => Assert.Throws<ProblemException>(act).Message;
    }

    /// <summary>
    /// Three replicas, one of which is cut into blocks, one gets every act twice and late ones again, and one goes on from ground that another made;
    /// against a model that keeps for each voxel who wrote it and shows the last writer that is not undone.
    /// </summary>
    [Fact]
    public void Whoever_applies_the_same_numbers_has_the_same_labels()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var grey = Enumerable.Range(0, Layer.Voxels).Select(_ => (float)random.Next(0, 4)).ToArray();
            var acts = new List<PaintAct>();
            var whole = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
            var nervous = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
            LabelChunk[] blocks = [.. Blocks().Select(box => new LabelChunk(box, new ulong[box.Voxels], 0))];
            var model = new PaintModel(Layer, grey);
            LabelChunk? resumed = null;
            for (var sequence = 1L; sequence <= 40; sequence++)
            {
                var act = PaintAct.Random(random, sequence, (int)(resumed?.GroundSequence ?? 0), acts, Edge);
                acts.Add(act);
                model.Do(act);
                act.On(whole, grey);
                act.On(nervous, grey);
                var before = nervous.Labels.ToArray();
                foreach (var late in acts.TakeLast(3))
                {
                    late.On(nervous, grey);
                }

                Assert.True(nervous.Labels.SequenceEqual(before), $"seed {seed}: number {sequence} or one before it counted twice.");
                if (resumed is not null)
                {
                    act.On(resumed, grey);
                }

                foreach (var block in blocks)
                {
                    act.On(block, Cut(grey, block.Box));
                }

                if (sequence == 20)
                {
                    resumed = new(Layer, whole.Labels, sequence);
                }
            }

            Assert.Equal(model.Labels(), whole.Labels.ToArray());
            Assert.Equal(model.Labels(), nervous.Labels.ToArray());
            Assert.Equal(model.Labels(), resumed!.Labels.ToArray());
            Assert.All(blocks, block => Assert.Equal(Cut(model.Labels(), block.Box), block.Labels.ToArray()));
        }
    }

    [Fact]
    public void Undo_changes_the_voxels_whose_last_writer_it_is_and_no_others()
    {
        for (var seed = 200; seed < 225; seed++)
        {
            var random = new Random(seed);
            var acts = new List<PaintAct>();
            var chunk = new LabelChunk(Layer, new ulong[Layer.Voxels], 0);
            var grey = new float[Layer.Voxels];
            for (var sequence = 1L; sequence <= 30; sequence++)
            {
                acts.Add(PaintAct.Random(random, sequence, 0, acts, Edge));
                var (labels, writers) = (chunk.Labels.ToArray(), chunk.Writers.ToArray());
                var changed = acts[^1].On(chunk, grey);
                var differing = Enumerable.Range(0, labels.Length).Where(i => chunk.Writers[i] != writers[i]).ToList();
                Assert.Equal(changed, differing.Count);
                Assert.DoesNotContain(Enumerable.Range(0, labels.Length).Except(differing), i => labels[i] != chunk.Labels[i]);
                Assert.True(acts[^1].Undoes is not { } undone || differing.TrueForAll(i => writers[i] == undone));
                Assert.True(acts[^1].Redoes is not { } redone || differing.TrueForAll(i => chunk.Writers[i] == redone && writers[i] < redone));
            }
        }
    }

    private static Stroke Rectangle(ulong label, int x, int y, int width, int height) =>
        new(StrokeKind.Polygon, label, [x, y, x + width, y, x + width, y + height, x, y + height]);

    private static IEnumerable<LabelBox> Blocks() =>
        from z in new[] { 0, 1 }
        from y in new[] { 0, 5, 10 }
        from x in new[] { 0, 5, 10 }
        select new LabelBox(x, y, z, Math.Min(5, Edge - x), Math.Min(5, Edge - y), 1);

    private static T[] Cut<T>(T[] whole, LabelBox box) =>
        [.. from y in Enumerable.Range(box.Y, box.Height) from x in Enumerable.Range(box.X, box.Width) select whole[Layer.IndexOf(x, y, box.Z)]];
}

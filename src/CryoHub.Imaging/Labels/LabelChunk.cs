namespace CryoHub.Imaging.Labels;

/// <summary>
/// A block of a label layer and the strokes that made it. Strokes have numbers, and these are the order; every voxel shows its last stroke that is not undone.
/// So undoing a stroke changes those voxels whose last writer it is and no others, redoing it those that nobody has written since, and whoever
/// applies the same numbers has the same labels, however the layer is cut into blocks. What was applied is not applied again: a block knows up
/// to which number it goes.
/// Not safe for several threads.
/// </summary>
public sealed class LabelChunk
{
    private readonly ulong[] ground;
    private readonly ulong[] labels;
    private readonly long[] writers;
    private readonly List<StrokeWrites> strokes = [];

    /// <summary>A block as it is after stroke <paramref name="sequence"/>; earlier strokes are ground that cannot be undone.</summary>
    /// <param name="box">Where the block lies in its layer.</param>
    /// <param name="ground">Labels: slices, rows, columns, the last running fastest. Copied.</param>
    /// <param name="sequence">0 for a new layer.</param>
    public LabelChunk(LabelBox box, ReadOnlySpan<ulong> ground, long sequence)
    {
        if (ground.Length != box.Voxels)
        {
            throw ProblemException.Invalid($"The block has {box.Width} × {box.Height} × {box.Depth} = {box.Voxels} voxels; {ground.Length} labels are given.");
        }

        (Box, GroundSequence, Sequence) = (box, sequence, sequence);
        this.ground = ground.ToArray();
        labels = ground.ToArray();
        writers = new long[ground.Length];
    }

    public LabelBox Box { get; }

    /// <summary>Strokes up to this number are ground.</summary>
    public long GroundSequence { get; }

    /// <summary>Number of the last act that is included.</summary>
    public long Sequence { get; private set; }

    public ReadOnlySpan<ulong> Labels => labels;

    /// <summary>Number of the stroke each voxel shows; 0 where it shows the ground.</summary>
    public ReadOnlySpan<long> Writers => writers;

    /// <summary>Applies a stroke and returns how many voxels it wrote; nothing happens if its number is included already.</summary>
    /// <param name="sequence">Its place in the order; greater than that of all applied before, gaps are possible.</param>
    /// <param name="stroke">Checked by <see cref="StrokeRules"/>.</param>
    /// <param name="grey">The picture's values in this block; needed where the stroke is limited to a grey range.</param>
    public int Apply(long sequence, Stroke stroke, ReadOnlyMemory<float> grey = default)
    {
        if (stroke.Grey is not null && grey.Length != labels.Length)
        {
            throw ProblemException.Invalid($"A stroke limited to grey values needs those of all {labels.Length} voxels of the block; {grey.Length} are given.");
        }

        if (sequence <= Sequence)
        {
            return 0;
        }

        Sequence = sequence;
        var runs = StrokeRows.Of(stroke, Box);
        if (stroke.Grey is not null || stroke.Only is not null || stroke.Locked is { Count: > 0 })
        {
            runs = Restrict(runs, stroke, grey);
        }

        if (runs.Count == 0)
        {
            return 0;
        }

        strokes.Add(new(sequence, stroke.Label, runs));
        Write(strokes[^1], runs);
        return runs.Sum(run => run.Length);
    }

    /// <summary>Takes back stroke <paramref name="undone"/> and returns how many voxels changed their writer: those that showed it.</summary>
    public int Undo(long sequence, long undone)
    {
        if (Find(sequence, undone) is not { IsUndone: false } stroke)
        {
            return 0;
        }

        stroke.IsUndone = true;
        var shown = VoxelRuns.Where(stroke.Runs, index => writers[index] == undone);
        foreach (var run in shown)
        {
            ground.AsSpan(run.Start, run.Length).CopyTo(labels.AsSpan(run.Start));
            writers.AsSpan(run.Start, run.Length).Clear();
        }

        foreach (var earlier in strokes.TakeWhile(s => s != stroke).Where(s => !s.IsUndone))
        {
            Write(earlier, VoxelRuns.Overlap(earlier.Runs, shown));
        }

        return shown.Sum(run => run.Length);
    }

    /// <summary>
    /// Brings back an undone stroke at its old place in the order, and returns how many voxels changed their writer: those that no later stroke shows on.
    /// </summary>
    public int Redo(long sequence, long undone)
    {
        if (Find(sequence, undone) is not { IsUndone: true } stroke)
        {
            return 0;
        }

        stroke.IsUndone = false;
        var open = VoxelRuns.Where(stroke.Runs, index => writers[index] < undone);
        Write(stroke, open);
        return open.Sum(run => run.Length);
    }

    private StrokeWrites? Find(long sequence, long stroke)
    {
        if (sequence <= Sequence)
        {
            return null;
        }

        if (stroke <= GroundSequence || stroke >= sequence)
        {
            throw ProblemException.Invalid(
                $"Stroke {stroke} cannot be undone or redone as number {sequence}: this block keeps strokes after {GroundSequence}.");
        }

        Sequence = sequence;
        return strokes.Find(s => s.Sequence == stroke);   // none where it wrote nothing here
    }

    private void Write(StrokeWrites stroke, List<VoxelRun> runs)
    {
        foreach (var run in runs)
        {
            labels.AsSpan(run.Start, run.Length).Fill(stroke.Label);
            writers.AsSpan(run.Start, run.Length).Fill(stroke.Sequence);
        }
    }

    private List<VoxelRun> Restrict(List<VoxelRun> runs, Stroke stroke, ReadOnlyMemory<float> grey)
    {
        var locked = stroke.Locked?.ToHashSet() ?? [];
        return VoxelRuns.Where(runs, index =>
            (stroke.Grey is not { } range || range.Has(grey.Span[index]))
            && (stroke.Only is not { } only || labels[index] == only)
            && !locked.Contains(labels[index]));
    }
}

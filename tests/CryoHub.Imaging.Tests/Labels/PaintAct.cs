using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

/// <summary>One numbered act of painting: a stroke, or the undoing or redoing of one.</summary>
internal sealed record PaintAct(long Sequence, Stroke? Stroke, long? Undoes = null, long? Redoes = null)
{
    /// <summary>Undoes and redoes only what is newer than <paramref name="ground"/>, also twice, also what wrote nothing.</summary>
    public static PaintAct Random(Random random, long sequence, int ground, List<PaintAct> acts, int edge)
    {
        var strokes = acts.Where(a => a.Stroke is not null && a.Sequence > ground).Select(a => a.Sequence).ToArray();
        if (strokes.Length > 0 && random.Next(3) == 0)
        {
            var chosen = strokes[random.Next(strokes.Length)];
            return random.Next(5) < 3 ? new(sequence, null, Undoes: chosen) : new(sequence, null, Redoes: chosen);
        }

        var kind = (StrokeKind)random.Next(3);
        double[] points = [.. Enumerable.Range(0, 3 * random.Next(1, 4) * (kind == StrokeKind.Ball ? 1 : 2)).Select(_ => random.NextDouble() * edge)];
        return new(sequence, new(kind, (ulong)random.Next(4), points, random.Next(2), 0.5 + (random.NextDouble() * 3))
        {
            Grey = random.Next(4) == 0 ? new(1, 2) : null,
            Only = random.Next(4) == 0 ? (ulong)random.Next(4) : null,
            Locked = random.Next(4) == 0 ? [1, 3] : null,
        });
    }

    public int On(LabelChunk chunk, float[] grey) =>
        Undoes is { } undone ? chunk.Undo(Sequence, undone) : Redoes is { } redone ? chunk.Redo(Sequence, redone) : chunk.Apply(Sequence, Stroke!, grey);
}

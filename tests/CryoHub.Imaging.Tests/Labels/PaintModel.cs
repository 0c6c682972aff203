using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

/// <summary>
/// The rule in its plainest form: every voxel has the list of its writers and shows the last that is not undone. Only the shape of a bare stroke is
/// taken from the code under test; that has tests of its own.
/// </summary>
internal sealed class PaintModel(LabelBox layer, float[] grey)
{
    private readonly List<(long Sequence, ulong Label)>[] writers = [.. Enumerable.Range(0, layer.Voxels).Select(_ => new List<(long, ulong)>())];
    private readonly HashSet<long> undone = [];

    public void Do(PaintAct act)
    {
        if (act.Stroke is not { } stroke)
        {
            _ = act.Undoes is { } taken ? undone.Add(taken) : undone.Remove(act.Redoes!.Value);
            return;
        }

        var bare = new LabelChunk(layer, new ulong[layer.Voxels], 0);
        bare.Apply(1, stroke with { Label = 1, Grey = null, Only = null, Locked = null });
        for (var i = 0; i < layer.Voxels; i++)
        {
            var label = Label(i);
            if (bare.Labels[i] == 1
                && (stroke.Grey is not { } range || (grey[i] >= range.Low && grey[i] <= range.High))
                && (stroke.Only is not { } only || label == only)
                && stroke.Locked?.Contains(label) != true)
            {
                writers[i].Add((act.Sequence, stroke.Label));
            }
        }
    }

    public ulong[] Labels() => [.. Enumerable.Range(0, layer.Voxels).Select(Label)];

    private ulong Label(int voxel) => writers[voxel].LastOrDefault(w => !undone.Contains(w.Sequence)).Label;
}

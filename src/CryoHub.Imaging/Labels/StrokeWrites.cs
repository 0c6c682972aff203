namespace CryoHub.Imaging.Labels;

/// <summary>
/// The voxels a stroke wrote in a block. They are settled when it takes its place in the order; undoing and redoing it never asks its conditions again.
/// </summary>
internal sealed class StrokeWrites(long sequence, ulong label, IReadOnlyList<VoxelRun> runs)
{
    public long Sequence { get; } = sequence;

    public ulong Label { get; } = label;

    public IReadOnlyList<VoxelRun> Runs { get; } = runs;

    public bool IsUndone { get; set; }
}

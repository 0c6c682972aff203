namespace CryoHub.Imaging.Labels;

/// <summary>Neighbouring voxels of one row of a block, by the index of the first.</summary>
internal readonly record struct VoxelRun(int Start, int Length)
{
    public int End => Start + Length;
}

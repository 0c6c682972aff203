namespace CryoHub.Numerics.Volumes;

/// <summary>A line of a skeleton between two ends or junctions.</summary>
/// <param name="From">Voxel at one end.</param>
/// <param name="To">Voxel at the other; the same as <paramref name="From"/> for a ring.</param>
/// <param name="Length">Length along the voxels' centres, in the unit of the voxel size.</param>
/// <param name="Ends">How many of both are free ends.</param>
public readonly record struct SkeletonBranch(int From, int To, double Length, int Ends);

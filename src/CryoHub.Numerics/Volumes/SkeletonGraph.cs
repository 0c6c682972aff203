namespace CryoHub.Numerics.Volumes;

/// <summary>A skeleton as branches between free ends (one neighbour) and junctions (three or more; neighbouring ones count as one).</summary>
public sealed class SkeletonGraph
{
    private readonly VolumeShape shape;
    private readonly VoxelSize size;
    private readonly byte[] mask;
    private readonly HashSet<int> walked = [];
    private readonly List<SkeletonBranch> branches = [];

    /// <summary>The graph of a skeleton, a mask as <see cref="Skeleton.Thin"/> leaves it.</summary>
    public SkeletonGraph(byte[] skeleton, VolumeShape shape, VoxelSize size)
    {
        (mask, this.shape, this.size) = (skeleton, shape, size);
        int[] voxels = [.. Enumerable.Range(0, shape.Count).Where(i => skeleton[i] != 0)];
        Voxels = voxels.Length;
        Ends = voxels.Count(voxel => Around(voxel).Count == 1);
        Junctions = CountJunctions(voxels);
        foreach (var voxel in voxels.Where(voxel => Around(voxel).Count != 2))
        {
            foreach (var next in Around(voxel))
            {
                Follow(voxel, next);
            }
        }

        foreach (var voxel in voxels.Where(voxel => Around(voxel).Count == 2 && !walked.Contains(voxel)))
        {
            Follow(voxel, Around(voxel)[0]); // a ring without junctions
        }
    }

    /// <summary>Voxels of the skeleton.</summary>
    public int Voxels { get; }

    /// <summary>Free ends.</summary>
    public int Ends { get; }

    /// <summary>Junctions.</summary>
    public int Junctions { get; }

    /// <summary>All branches.</summary>
    public IReadOnlyList<SkeletonBranch> Branches => branches;

    /// <summary>Sum of the branches' lengths.</summary>
    public double Length => branches.Sum(branch => branch.Length);

    /// <summary>Straight distance of two voxels' centres.</summary>
    public double Distance(int a, int b)
    {
        var (dz, dy, dx) = ((a / shape.Plane) - (b / shape.Plane), (a / shape.Width % shape.Height) - (b / shape.Width % shape.Height), (a % shape.Width) - (b % shape.Width));
        return Math.Sqrt((dz * dz * size.Z * size.Z) + (dy * dy * size.Y * size.Y) + (dx * dx * size.X * size.X));
    }

    private int CountJunctions(int[] voxels)
    {
        var marks = new byte[shape.Count];
        foreach (var voxel in voxels.Where(voxel => Around(voxel).Count > 2))
        {
            marks[voxel] = 1;
        }

        var clusters = new ConnectedComponents(shape, Connectivity.Corners, 1);
        clusters.Find(marks, 0);
        clusters.Join();
        return clusters.Count;
    }

    private void Follow(int start, int next)
    {
        var (from, at, length) = (start, next, Distance(start, next));
        if (Around(at).Count != 2)
        {
            // Two nodes side by side: within a junction that is no branch, else it is met from both and counted once.
            if (start < at && (Around(start).Count == 1 || Around(at).Count == 1))
            {
                branches.Add(new SkeletonBranch(start, at, length, Free(start) + Free(at)));
            }

            return;
        }

        if (!walked.Add(at))
        {
            return;
        }

        while (at != start && Around(at) is [var a, var b])
        {
            walked.Add(at);
            (from, at) = (at, a == from ? b : a);
            length += Distance(from, at);
        }

        walked.Add(at);
        branches.Add(new SkeletonBranch(start, at, length, Free(start) + (at == start ? 0 : Free(at))));
    }

    private int Free(int voxel) => Around(voxel).Count == 1 ? 1 : 0;

    private List<int> Around(int voxel)
    {
        var (z, y, x) = (voxel / shape.Plane, voxel / shape.Width % shape.Height, voxel % shape.Width);
        var around = new List<int>();
        for (var n = 0; n < 27; n++)
        {
            var (dz, dy, dx) = ((n / 9) - 1, (n / 3 % 3) - 1, (n % 3) - 1);
            if (n != 13 && (uint)(z + dz) < (uint)shape.Depth && (uint)(y + dy) < (uint)shape.Height && (uint)(x + dx) < (uint)shape.Width && mask[shape.Index(z + dz, y + dy, x + dx)] != 0)
            {
                around.Add(shape.Index(z + dz, y + dy, x + dx));
            }
        }

        return around;
    }
}

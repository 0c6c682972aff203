using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>Runs the kernels on the slabs of a volume side by side; the numbers do not depend on how many there are.</summary>
internal sealed class VolumeWork(VolumeShape shape, ParallelOptions options)
{
    public VolumeShape Shape => shape;

    public ParallelOptions Options => options;

    public int SlabCount { get; } = Math.Clamp(options.MaxDegreeOfParallelism * 4, 1, Math.Max(1, shape.Depth));

    /// <summary>Calls <paramref name="work"/> with the first slice and the slices of each slab.</summary>
    public void Slabs(Action<int, int> work) => Ranges(shape.Depth, work);

    public float[] Gaussian(float[] volume, double sigma) => Gaussian(volume, sigma, sigma, sigma);

    public float[] Gaussian(float[] volume, double alongZ, double alongY, double alongX)
    {
        var (z, y, x) = (GaussianFilter.Weights(shape.Depth > 1 ? alongZ : 0), GaussianFilter.Weights(shape.Height > 1 ? alongY : 0), GaussianFilter.Weights(shape.Width > 1 ? alongX : 0));
        var result = new float[shape.Count];
        Slabs((first, count) => GaussianFilter.Slab(volume, shape, z, y, x, first, count, Part(result, first, count)));
        return result;
    }

    public float[] Median(float[] volume)
    {
        var result = new float[shape.Count];
        Slabs((first, count) => MedianFilter.Slab(volume, shape, first, count, Part(result, first, count)));
        return result;
    }

    /// <summary>Distance to the nearest voxel outside the mask; 0 outside, infinite where there is no outside.</summary>
    public float[] Distance(byte[] mask, VoxelSize size, bool roots = true)
    {
        var result = new float[shape.Count];
        Ranges(shape.Height, (first, count) => EuclideanDistance.AlongZ(mask, shape, size.Z, first, count, result));
        Slabs((first, count) => EuclideanDistance.Planes(Part(result, first, count), shape, size, roots));
        return result;
    }

    public ConnectedComponents Components(byte[] mask, Connectivity connectivity)
    {
        var components = new ConnectedComponents(shape, connectivity, SlabCount);
        Parallel.For(0, components.Slabs, options, slab => components.Find(mask, slab));
        components.Join();
        return components;
    }

    public int[] Labels(ConnectedComponents components)
    {
        var labels = new int[shape.Count];
        Parallel.For(0, components.Slabs, options, slab =>
        {
            var (first, count) = components.Slices(slab);
            components.Write(slab, labels.AsSpan(first * shape.Plane, count * shape.Plane));
        });
        return labels;
    }

    /// <summary>The mask of those components whose entry is true.</summary>
    public byte[] Keep(ConnectedComponents components, bool[] keep)
    {
        var mask = new byte[shape.Count];
        Parallel.For(0, components.Slabs, options, slab =>
        {
            var (first, count) = components.Slices(slab);
            components.Write(slab, keep, mask.AsSpan(first * shape.Plane, count * shape.Plane));
        });
        return mask;
    }

    public TriangleMesh Mesh(float[] volume, VoxelSize size, float level)
    {
        var layers = shape.Depth - 1;
        var pieces = new MarchingCubes[Math.Max(1, Math.Min(SlabCount, layers))];
        Parallel.For(0, pieces.Length, options, piece =>
        {
            var (first, end) = ((int)((long)layers * piece / pieces.Length), (int)((long)layers * (piece + 1) / pieces.Length));
            pieces[piece] = MarchingCubes.Slab(volume, shape, size, level, first, end - first);
        });
        return MarchingCubes.Join(pieces);
    }

    /// <summary>Voxel by voxel, side by side.</summary>
    public TResult[] Map<TSource, TResult>(TSource[] volume, Func<TSource, TResult> map)
    {
        var result = new TResult[volume.Length];
        Slabs((first, count) =>
        {
            for (var i = first * shape.Plane; i < (first + count) * shape.Plane; i++)
            {
                result[i] = map(volume[i]);
            }
        });
        return result;
    }

    /// <summary>The mask with its boundary moved by one voxel through faces; the volume's border is no boundary.</summary>
    public byte[] Moved(byte[] mask, bool outwards)
    {
        var side = outwards ? Map(mask, value => value == 0 ? (byte)1 : (byte)0) : mask;
        return Map(Distance(side, VoxelSize.One, roots: false), squared => (squared > 1) != outwards ? (byte)1 : (byte)0);
    }

    /// <summary>Uncertainty of a mask's share of the volume: half the difference with its boundary one voxel further in and out.</summary>
    public double FractionError(byte[] mask) => (Moved(mask, outwards: true).LongCount(value => value != 0) - Moved(mask, outwards: false).LongCount(value => value != 0)) / 2.0 / mask.Length;

    /// <summary>For each voxel the radius of the largest ball inside the mask that holds it, from the distances of <see cref="Distance"/>.</summary>
    public float[] LocalRadii(float[] distance, VoxelSize size)
    {
        var ridges = new List<int>[shape.Depth];
        Slabs((first, count) => ridges[first] = LocalThickness.Ridge(distance, shape, size, first, count));
        int[] ridge = [.. ridges.Where(part => part is not null).SelectMany(part => part)];
        var radii = new float[shape.Count];
        Slabs((first, count) => LocalThickness.Paint(distance, shape, size, ridge, first, count, Part(radii, first, count)));
        return radii;
    }

    public long Euler(byte[] mask)
    {
        var sums = new long[shape.Depth];
        Slabs((first, count) => sums[first] = EulerNumber.Slab(mask, shape, first, count));
        return sums.Sum();
    }

    /// <summary>Cuts 0 .. <paramref name="length"/> into ranges and works on them side by side.</summary>
    public void Ranges(int length, Action<int, int> work)
    {
        var ranges = Math.Clamp(options.MaxDegreeOfParallelism * 4, 1, Math.Max(1, length));
        Parallel.For(0, ranges, options, range =>
        {
            var (first, end) = ((int)((long)length * range / ranges), (int)((long)length * (range + 1) / ranges));
            work(first, end - first);
        });
    }

    private Span<float> Part(float[] volume, int first, int count) => volume.AsSpan(first * shape.Plane, count * shape.Plane);
}

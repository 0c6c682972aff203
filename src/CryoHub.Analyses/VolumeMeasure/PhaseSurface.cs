using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>
/// The surface of a mask between its voxels and those outside: marching cubes on the smoothed mask, at the level above which there are as many voxels as in the
/// mask, so that smoothing keeps the volume. Open where the volume ends: cut faces are no surface.
/// </summary>
internal sealed class PhaseSurface
{
    private const int Levels = 4096;

    private readonly VolumeShape shape;
    private readonly VoxelSize size;

    public PhaseSurface(VolumeWork work, VoxelSize size, byte[] mask, double smoothing)
    {
        (shape, this.size) = (work.Shape, size);
        var volume = new float[mask.Length];
        for (var i = 0; i < volume.Length; i++)
        {
            volume[i] = mask[i] != 0 ? 1 : 0;
        }

        if (smoothing > 0)
        {
            volume = work.Gaussian(volume, smoothing);
        }

        Mesh = work.Mesh(volume, size, smoothing > 0 ? (float)KeepingVolume(volume, mask) : 0.5f);
    }

    public TriangleMesh Mesh { get; }

    /// <summary>The area that belongs to each label of <paramref name="labels"/>: that of the voxel just inside (or outside) each triangle; 0 counts as no label.</summary>
    public Dictionary<int, double> AreaBy(int[] labels, bool inside)
    {
        var areas = new Dictionary<int, double>();
        for (var triangle = 0; triangle < Mesh.TriangleCount; triangle++)
        {
            var label = LabelAt(labels, triangle, inside);
            areas[label] = areas.GetValueOrDefault(label) + Mesh.Area(triangle);
        }

        return areas;
    }

    private static double KeepingVolume(float[] volume, byte[] mask)
    {
        var counts = new long[Levels + 1];
        foreach (var value in volume)
        {
            counts[Math.Clamp((int)(value * Levels), 0, Levels)]++;
        }

        var wanted = mask.LongCount(value => value != 0);
        var above = 0L;
        for (var bin = Levels; bin >= 0; bin--)
        {
            if (above + counts[bin] >= wanted)
            {
                var share = counts[bin] == 0 ? 0 : (double)(wanted - above) / counts[bin];
                return Math.Clamp((bin + 1 - share) / Levels, 0.05, 0.95);
            }

            above += counts[bin];
        }

        return 0.5;
    }

    private int LabelAt(int[] labels, int triangle, bool inside)
    {
        var (middle, normal) = (Mesh.Middle(triangle), Mesh.Normal(triangle));
        var step = inside ? -0.6 : 0.6;
        var (x, y, z) = ((middle.X / size.X) + (step * normal.X), (middle.Y / size.Y) + (step * normal.Y), (middle.Z / size.Z) + (step * normal.Z));
        var (best, nearest) = (0, double.MaxValue);
        for (var n = 0; n < 27; n++)
        {
            var (iz, iy, ix) = ((int)Math.Round(z) + (n / 9) - 1, (int)Math.Round(y) + (n / 3 % 3) - 1, (int)Math.Round(x) + (n % 3) - 1);
            if ((uint)iz < (uint)shape.Depth && (uint)iy < (uint)shape.Height && (uint)ix < (uint)shape.Width && labels[shape.Index(iz, iy, ix)] is var label && label != 0)
            {
                var distance = ((iz - z) * (iz - z)) + ((iy - y) * (iy - y)) + ((ix - x) * (ix - x));
                (best, nearest) = distance < nearest ? (label, distance) : (best, nearest);
            }
        }

        return best;
    }
}

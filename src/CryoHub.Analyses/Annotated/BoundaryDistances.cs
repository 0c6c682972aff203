using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>Distances from each boundary voxel of one annotator's class to the nearest boundary voxel of the other's, both ways together.</summary>
internal sealed class BoundaryDistances
{
    private readonly List<float> distances = [];

    /// <summary>Whether only one of the two has the class somewhere: there is no distance then.</summary>
    public bool OneSided { get; private set; }

    public double Mean => distances.Count > 0 ? distances.Average(value => (double)value) : double.NaN;

    public double Percentile(double share)
    {
        double[] sorted = [.. distances.Select(value => (double)value)];
        Array.Sort(sorted);
        return ThicknessProfile.Percentile(sorted, share);
    }

    /// <summary>Adds a volume or an image; <paramref name="first"/> and <paramref name="second"/> are classes of all voxels.</summary>
    public void Add(VolumeWork work, VoxelSize size, byte[] first, byte[] second, byte wanted)
    {
        var (a, b) = (NotBoundary(work, first, wanted), NotBoundary(work, second, wanted));
        var (anyA, anyB) = (a.Contains((byte)0), b.Contains((byte)0));
        OneSided |= anyA != anyB;
        if (!anyA || !anyB)
        {
            return;
        }

        Take(work.Distance(b, size), a);
        Take(work.Distance(a, size), b);
    }

    /// <summary>0 on voxels of the class beside another class through a face, 1 elsewhere; the border of the picture is no boundary.</summary>
    private static byte[] NotBoundary(VolumeWork work, byte[] classes, byte wanted)
    {
        var shape = work.Shape;
        var result = new byte[classes.Length];
        work.Slabs((start, count) =>
        {
            for (var i = start * shape.Plane; i < (start + count) * shape.Plane; i++)
            {
                var (z, y, x) = (i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width);
                var isBoundary = classes[i] == wanted && (
                    (x > 0 && classes[i - 1] != wanted) || (x + 1 < shape.Width && classes[i + 1] != wanted)
                    || (y > 0 && classes[i - shape.Width] != wanted) || (y + 1 < shape.Height && classes[i + shape.Width] != wanted)
                    || (z > 0 && classes[i - shape.Plane] != wanted) || (z + 1 < shape.Depth && classes[i + shape.Plane] != wanted));
                result[i] = isBoundary ? (byte)0 : (byte)1;
            }
        });
        return result;
    }

    private void Take(float[] distance, byte[] notBoundary)
    {
        for (var i = 0; i < distance.Length; i++)
        {
            if (notBoundary[i] == 0)
            {
                distances.Add(distance[i]);
            }
        }
    }
}

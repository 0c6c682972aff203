namespace CryoHub.Numerics.Volumes;

/// <summary>Sums over the voxels of one object, from its runs along x, in voxel coordinates.</summary>
public sealed class ObjectMoments
{
    private readonly double[] sums = new double[3];
    private readonly double[,] squares = new double[3, 3];

    /// <summary>Voxels.</summary>
    public long Count { get; private set; }

    /// <summary>Lowest x, y, z.</summary>
    public (int X, int Y, int Z) Low { get; private set; } = (int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>Highest x, y, z.</summary>
    public (int X, int Y, int Z) High { get; private set; } = (-1, -1, -1);

    /// <summary>Adds the voxels of columns <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public void Add(int z, int y, int start, int end)
    {
        double n = end - start;
        var x = n * (start + end - 1) / 2;
        var xx = SumOfSquares(end - 1) - SumOfSquares(start - 1);
        Count += end - start;
        sums[0] += x;
        sums[1] += n * y;
        sums[2] += n * z;
        squares[0, 0] += xx;
        squares[1, 1] += n * y * y;
        squares[2, 2] += n * z * z;
        squares[0, 1] += x * y;
        squares[0, 2] += x * z;
        squares[1, 2] += n * y * z;
        Low = (Math.Min(Low.X, start), Math.Min(Low.Y, y), Math.Min(Low.Z, z));
        High = (Math.Max(High.X, end - 1), Math.Max(High.Y, y), Math.Max(High.Z, z));
    }

    /// <summary>Mean x, y, z.</summary>
    public (double X, double Y, double Z) Middle => (sums[0] / Count, sums[1] / Count, sums[2] / Count);

    /// <summary>Covariance [x, y, z] of the points of all voxels, their extent included (a twelfth of the edge squared), in units of the voxel size.</summary>
    public double[,] Covariance(VoxelSize size)
    {
        double[] edges = [size.X, size.Y, size.Z];
        var covariance = new double[3, 3];
        for (var i = 0; i < 3; i++)
        {
            for (var k = i; k < 3; k++)
            {
                covariance[i, k] = covariance[k, i] = ((squares[i, k] / Count) - (sums[i] / Count * sums[k] / Count) + (i == k ? 1 / 12.0 : 0)) * edges[i] * edges[k];
            }
        }

        return covariance;
    }

    private static double SumOfSquares(double n) => n * (n + 1) * ((2 * n) + 1) / 6;
}

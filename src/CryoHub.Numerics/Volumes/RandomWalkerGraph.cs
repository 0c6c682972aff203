namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The graph of the random walker (Grady, IEEE Trans. PAMI 28 (2006) 1768, doi:10.1109/TPAMI.2006.233): neighbours through faces are linked by
/// exp(-scale d^2) + a hair, d their difference. Volumes here have an empty voxel around them, as in <see cref="DiffusionStencil"/>.
/// </summary>
public static class RandomWalkerGraph
{
    private const float Hair = 1e-10f; // keeps every voxel linked

    /// <summary>Links of each voxel of a padded slice to the next along x, y, z, 0 where there is none; the result arrays are padded volumes.</summary>
    public static void Links(ReadOnlySpan<float> volume, VolumeShape shape, float scale, int slice, Span<float> alongX, Span<float> alongY, Span<float> alongZ)
    {
        var padded = DiffusionStencil.Padded(shape);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (from, to) = (shape.Index(slice - 1, y, x), padded.Index(slice, y + 1, x + 1));
                alongX[to] = x + 1 < shape.Width ? Link(volume[from + 1] - volume[from], scale) : 0;
                alongY[to] = y + 1 < shape.Height ? Link(volume[from + shape.Width] - volume[from], scale) : 0;
                alongZ[to] = slice < shape.Depth ? Link(volume[from + shape.Plane] - volume[from], scale) : 0;
            }
        }
    }

    /// <summary>The diagonal of a padded slice: the sum of all links; 0 where <paramref name="seeds"/> (padded) is not.</summary>
    public static void Diagonal(ReadOnlySpan<int> seeds, VolumeShape padded, int slice, ReadOnlySpan<float> alongX, ReadOnlySpan<float> alongY, ReadOnlySpan<float> alongZ, Span<float> diagonal)
    {
        for (var i = slice * padded.Plane; i < (slice + 1) * padded.Plane; i++)
        {
            diagonal[i] = seeds[i] != 0 ? 0 : alongX[i] + alongX[Math.Max(0, i - 1)] + alongY[i] + alongY[Math.Max(0, i - padded.Width)] + alongZ[i] + alongZ[Math.Max(0, i - padded.Plane)];
        }
    }

    /// <summary>product = A vector on one padded slice where the diagonal is not 0, else 0, and the sum of vector times product.</summary>
    public static double Apply(
        ReadOnlySpan<float> vector, ReadOnlySpan<float> diagonal, VolumeShape padded, int slice, ReadOnlySpan<float> alongX, ReadOnlySpan<float> alongY, ReadOnlySpan<float> alongZ, Span<float> product)
    {
        var sum = 0.0;
        for (var i = slice * padded.Plane; i < (slice + 1) * padded.Plane; i++)
        {
            product[i] = diagonal[i] > 0 ? (diagonal[i] * vector[i]) - Neighbours(vector, padded, i, alongX, alongY, alongZ) : 0;
            sum += (double)product[i] * vector[i];
        }

        return sum;
    }

    /// <summary>What the links of a voxel bring from its neighbours.</summary>
    public static float Neighbours(ReadOnlySpan<float> vector, VolumeShape padded, int i, ReadOnlySpan<float> alongX, ReadOnlySpan<float> alongY, ReadOnlySpan<float> alongZ) =>
        (alongX[i] * vector[i + 1]) + (alongX[i - 1] * vector[i - 1])
        + (alongY[i] * vector[i + padded.Width]) + (alongY[i - padded.Width] * vector[i - padded.Width])
        + (alongZ[i] * vector[i + padded.Plane]) + (alongZ[i - padded.Plane] * vector[i - padded.Plane]);

    private static float Link(float difference, float scale) => MathF.Exp(-scale * difference * difference) + Hair;
}

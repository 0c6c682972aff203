using System.Buffers;
using System.Numerics;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Non-local means (Buades, Coll and Morel, Multiscale Model. Simul. 4 (2005) 490, doi:10.1137/040616024): each voxel becomes the mean of those in a search box,
/// weighted by exp(-max(0, d - 2 sigma^2) / h^2), d the mean squared difference of the boxes (patches) around both. Beyond its faces the volume is mirrored.
/// </summary>
public static class NonLocalMeans
{
    /// <summary>Filters slices <paramref name="first"/> and following of <paramref name="volume"/> into <paramref name="result"/>, which holds just these.</summary>
    /// <param name="volume">The whole volume.</param>
    /// <param name="shape">Its sizes; along an axis of one voxel nothing is searched.</param>
    /// <param name="patch">Radius of the patches.</param>
    /// <param name="search">Radius of the search box.</param>
    /// <param name="strength">h, in grey values.</param>
    /// <param name="noise">sigma, standard deviation of the noise.</param>
    /// <param name="first">First slice.</param>
    /// <param name="count">How many slices.</param>
    /// <param name="result">Their new values.</param>
    public static void Slab(ReadOnlySpan<float> volume, VolumeShape shape, int patch, int search, double strength, double noise, int first, int count, Span<float> result)
    {
        var margin = patch + search;
        var (mz, my, mx) = (shape.Depth > 1 ? margin : 0, shape.Height > 1 ? margin : 0, shape.Width > 1 ? margin : 0);
        var padded = new VolumeShape(count + (2 * mz), shape.Height + (2 * my), shape.Width + (2 * mx));
        var block = ArrayPool<float>.Shared.Rent(padded.Count);
        var sums = ArrayPool<float>.Shared.Rent(padded.Width);
        var total = ArrayPool<float>.Shared.Rent(shape.Width);
        try
        {
            for (var row = 0; row < padded.Rows; row++)
            {
                var (z, y) = (Mirror.Of(first + (row / padded.Height) - mz, shape.Depth), Mirror.Of((row % padded.Height) - my, shape.Height));
                Mirror.Pad(volume.Slice(shape.Index(z, y, 0), shape.Width), mx, block.AsSpan(row * padded.Width, padded.Width));
            }

            var (pz, py, px) = (mz > 0 ? patch : 0, my > 0 ? patch : 0, mx > 0 ? patch : 0);
            var kernel = new Kernel(padded, pz, py, px, 1 / (strength * strength), 2 * noise * noise);
            for (var row = 0; row < count * shape.Height; row++)
            {
                var at = padded.Index((row / shape.Height) + mz, (row % shape.Height) + my, mx);
                var target = result.Slice(row * shape.Width, shape.Width);
                block.AsSpan(at, shape.Width).CopyTo(target);
                total.AsSpan(0, shape.Width).Fill(1); // the voxel itself
                for (var n = 0; n < ((2 * search) + 1) * ((2 * search) + 1) * ((2 * search) + 1); n++)
                {
                    var width = (2 * search) + 1;
                    var (dz, dy, dx) = ((n / width / width) - search, (n / width % width) - search, (n % width) - search);
                    if ((dz, dy, dx) != (0, 0, 0) && (dz == 0 || mz > 0) && (dy == 0 || my > 0) && (dx == 0 || mx > 0))
                    {
                        kernel.Add(block, at, padded.Index(dz, dy, dx), sums, target, total);
                    }
                }

                for (var x = 0; x < target.Length; x++)
                {
                    target[x] /= total[x];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
            ArrayPool<float>.Shared.Return(sums);
            ArrayPool<float>.Shared.Return(total);
        }
    }

    private readonly record struct Kernel(VolumeShape Padded, int PatchZ, int PatchY, int PatchX, double Scale, double Allowed)
    {
        /// <summary>Adds the row that lies <paramref name="shift"/> away, weighted voxel by voxel.</summary>
        public void Add(ReadOnlySpan<float> block, int at, int shift, Span<float> sums, Span<float> target, Span<float> total)
        {
            var length = target.Length + (2 * PatchX);
            sums[..length].Clear();
            for (var dz = -PatchZ; dz <= PatchZ; dz++)
            {
                for (var dy = -PatchY; dy <= PatchY; dy++)
                {
                    var start = at + Padded.Index(dz, dy, -PatchX);
                    AddSquares(block.Slice(start, length), block.Slice(start + shift, length), sums);
                }
            }

            Weigh(block.Slice(at + shift, target.Length), sums, target, total);
        }

        private static void AddSquares(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums)
        {
            var i = 0;
            for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var d = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
                (new Vector<float>(sums[i..]) + (d * d)).CopyTo(sums[i..]);
            }

            for (; i < a.Length; i++)
            {
                sums[i] += (a[i] - b[i]) * (a[i] - b[i]);
            }
        }

        private void Weigh(ReadOnlySpan<float> values, ReadOnlySpan<float> sums, Span<float> target, Span<float> total)
        {
            var mean = 1f / (((2 * PatchZ) + 1) * ((2 * PatchY) + 1) * ((2 * PatchX) + 1));
            var (scale, allowed) = ((float)-Scale, (float)Allowed);
            var i = 0;
            for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var d = Vector<float>.Zero;
                for (var k = 0; k <= 2 * PatchX; k++)
                {
                    d += new Vector<float>(sums[(i + k)..]);
                }

                var weight = Vector.Exp(scale * Vector.Max(Vector<float>.Zero, (mean * d) - new Vector<float>(allowed)));
                (new Vector<float>(target[i..]) + (weight * new Vector<float>(values[i..]))).CopyTo(target[i..]);
                (new Vector<float>(total[i..]) + weight).CopyTo(total[i..]);
            }

            for (; i < values.Length; i++)
            {
                var d = 0f;
                for (var k = 0; k <= 2 * PatchX; k++)
                {
                    d += sums[i + k];
                }

                var weight = MathF.Exp(scale * MathF.Max(0, (mean * d) - allowed));
                target[i] += weight * values[i];
                total[i] += weight;
            }
        }
    }
}

using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Learning;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Computes all features of a block of voxels; its memory is used again for every block of that size.</summary>
/// <param name="set">Which features.</param>
/// <param name="shape">Voxels of the block, those that the features reach beyond it included.</param>
/// <param name="alongZ">Pixels to a slice's distance: a Gaussian is as wide in length along z as in the plane.</param>
/// <param name="options">Threads.</param>
internal sealed class FeatureBlock(FeatureSet set, VolumeShape shape, double alongZ, ParallelOptions options)
{
    private readonly VolumeWork work = new(shape, options);
    private readonly bool deep = set.ThreeDimensional && shape.Depth > 1;
    private readonly float[] smooth = new float[shape.Count];
    private readonly Dictionary<int, float[]> products = [];

    /// <summary>Planes of the block's size that are held, the block itself and the target's not included.</summary>
    public static int Planes(FeatureSet set) => 1 + (set.Kinds.Contains(FeatureKind.StructureTensor) ? (set.ThreeDimensional ? 7 : 4) : set.Kinds.Contains(FeatureKind.DifferenceOfGaussians) ? 1 : 0);

    public void Compute(float[] block, IFeatureTarget target)
    {
        foreach (var scale in set.Scales)
        {
            Smooth(block, scale, smooth);
            foreach (var kind in set.Kinds)
            {
                var first = set.Index(kind, scale, 0);
                switch (kind)
                {
                    case FeatureKind.Gaussian: smooth.AsSpan().CopyTo(target.Plane(first)); break;
                    case FeatureKind.Laplacian: Rows(target.Plane(first), Laplacian); break;
                    case FeatureKind.GradientMagnitude: Rows(target.Plane(first), Gradient); break;
                    case FeatureKind.DifferenceOfGaussians: Difference(block, scale, target.Plane(first)); break;
                    case FeatureKind.Hessian: Tensor(target, first, HessianRow); continue;
                    default: StructureTensor(scale); Tensor(target, first, ProductRow); continue;
                }

                target.Done(first);
            }
        }
    }

    private void Smooth(float[] from, double sigma, float[] to)
    {
        var weights = GaussianFilter.Weights(sigma);
        if (deep)
        {
            var z = GaussianFilter.Weights(sigma / alongZ);
            work.Slabs((first, count) => GaussianFilter.Slab(from, shape, z, weights, weights, first, count, to.AsSpan(first * shape.Plane, count * shape.Plane)));
            return;
        }

        // An image's rows as slices: rows are filtered side by side also where there is one slice.
        var rows = new VolumeShape(shape.Height, 1, shape.Width);
        for (var slice = 0; slice < shape.Depth; slice++)
        {
            var at = slice * shape.Plane;
            work.Ranges(shape.Height, (first, count) =>
                GaussianFilter.Slab(from.AsSpan(at, shape.Plane), rows, weights, [1], weights, first, count, to.AsSpan(at + (first * shape.Width), count * shape.Width)));
        }
    }

    private void Difference(float[] block, double scale, float[] plane)
    {
        var narrow = Product(-1);
        Smooth(block, 0.66 * scale, narrow);
        work.Ranges(shape.Rows, (first, count) =>
        {
            for (var i = first * shape.Width; i < (first + count) * shape.Width; i++)
            {
                plane[i] = smooth[i] - narrow[i];
            }
        });
    }

    private void Rows(float[] plane, Action<int, float[][], float[]> row) => work.Ranges(shape.Rows, (first, count) =>
    {
        var scratch = ScratchRows();
        for (var r = first; r < first + count; r++)
        {
            row(r, scratch, plane);
        }
    });

    private float[][] ScratchRows() => [.. Enumerable.Range(0, 9).Select(_ => new float[shape.Width])];

    private Span<float> Row(float[] plane, int row) => plane.AsSpan(row * shape.Width, shape.Width);

    /// <summary>The row of <see cref="smooth"/> that many slices and rows away, at the border the last one.</summary>
    private Span<float> Near(int row, int slices, int rows)
    {
        var (z, y) = (row / shape.Height, row % shape.Height);
        return Row(smooth, (Math.Clamp(z + slices, 0, shape.Depth - 1) * shape.Height) + Math.Clamp(y + rows, 0, shape.Height - 1));
    }

    private void Gradient(int row, float[][] scratch, float[] plane)
    {
        Gradients(row, scratch);
        Derivatives.Magnitude(scratch[0], scratch[1], deep ? scratch[2] : [], Row(plane, row));
    }

    /// <summary>Derivatives along x, y and z into the first three scratch rows.</summary>
    private void Gradients(int row, float[][] scratch)
    {
        Derivatives.Along(Near(row, 0, 0), scratch[0]);
        Derivatives.Across(Near(row, 0, -1), Near(row, 0, 1), scratch[1]);
        if (deep)
        {
            Derivatives.Across(Near(row, -1, 0), Near(row, 1, 0), scratch[2]);
        }
    }

    private void Laplacian(int row, float[][] scratch, float[] plane)
    {
        Seconds(row, scratch);
        var to = Row(plane, row);
        for (var x = 0; x < to.Length; x++)
        {
            to[x] = scratch[0][x] + scratch[1][x] + (deep ? scratch[2][x] : 0);
        }
    }

    /// <summary>Second derivatives xx, yy and zz into the first three scratch rows.</summary>
    private void Seconds(int row, float[][] scratch)
    {
        Derivatives.SecondAlong(Near(row, 0, 0), scratch[0]);
        Derivatives.SecondAcross(Near(row, 0, -1), Near(row, 0, 0), Near(row, 0, 1), scratch[1]);
        if (deep)
        {
            Derivatives.SecondAcross(Near(row, -1, 0), Near(row, 0, 0), Near(row, 1, 0), scratch[2]);
        }
    }

    /// <summary>Second derivatives xx, yy, zz, xy, xz, yz into the first six scratch rows.</summary>
    private void HessianRow(int row, float[][] scratch)
    {
        Seconds(row, scratch);
        Derivatives.Across(Near(row, 0, -1), Near(row, 0, 1), scratch[8]);
        Derivatives.Along(scratch[8], scratch[3]);
        if (deep)
        {
            Derivatives.Across(Near(row, -1, 0), Near(row, 1, 0), scratch[8]);
            Derivatives.Along(scratch[8], scratch[4]);
            Derivatives.Across(Near(row, -1, -1), Near(row, -1, 1), scratch[7]);
            Derivatives.Across(Near(row, 1, -1), Near(row, 1, 1), scratch[8]);
            Derivatives.Across(scratch[7], scratch[8], scratch[5]);
        }
    }

    private void StructureTensor(double scale)
    {
        var count = deep ? 6 : 3;
        var (raw, smoothed) = (Product(-1), Enumerable.Range(0, count).Select(Product).ToArray());
        for (var p = 0; p < count; p++)
        {
            var (a, b) = p switch { 0 => (0, 0), 1 => (1, 1), 2 => deep ? (2, 2) : (0, 1), 3 => (0, 1), 4 => (0, 2), _ => (1, 2) };
            Rows(raw, (row, scratch, plane) =>
            {
                Gradients(row, scratch);
                var to = Row(plane, row);
                for (var x = 0; x < to.Length; x++)
                {
                    to[x] = scratch[a][x] * scratch[b][x];
                }
            });
            Smooth(raw, scale / 2, smoothed[p]);
        }
    }

    private void ProductRow(int row, float[][] scratch)
    {
        Row(Product(0), row).CopyTo(scratch[0]);
        Row(Product(1), row).CopyTo(scratch[1]);
        Row(Product(2), row).CopyTo(scratch[deep ? 2 : 3]);
        for (var p = 3; deep && p < 6; p++)
        {
            Row(Product(p), row).CopyTo(scratch[p]);
        }
    }

    private float[] Product(int number)
    {
        if (!products.TryGetValue(number, out var plane))
        {
            products.Add(number, plane = new float[shape.Count]);
        }

        return plane;
    }

    /// <summary>Eigenvalues of the tensors xx, yy, zz, xy, xz, yz that <paramref name="fill"/> puts into the scratch rows.</summary>
    private void Tensor(IFeatureTarget target, int first, Action<int, float[][]> fill)
    {
        float[][] planes = [.. Enumerable.Range(first, set.ThreeDimensional ? 3 : 2).Select(target.Plane)];
        Rows(planes[0], (row, scratch, _) =>
        {
            fill(row, scratch);
            var large = Row(planes[0], row);
            var small = Row(planes[^1], row);
            if (!set.ThreeDimensional)
            {
                TensorEigenvalues.OfTwo(scratch[0], scratch[3], scratch[1], large, small);
                return;
            }

            var middle = Row(planes[1], row);
            for (var x = 0; x < large.Length; x++)
            {
                (large[x], middle[x], small[x]) = TensorEigenvalues.OfThree(scratch[0][x], scratch[3][x], deep ? scratch[4][x] : 0, scratch[1][x], deep ? scratch[5][x] : 0, deep ? scratch[2][x] : 0);
            }
        });
        for (var i = 0; i < planes.Length; i++)
        {
            target.Done(first + i);
        }
    }
}

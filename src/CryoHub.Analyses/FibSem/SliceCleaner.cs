using CryoHub.Numerics.Filtering;

namespace CryoHub.Analyses.FibSem;

/// <summary>Cleans one slice: shading, charging along the scan's lines, curtains.</summary>
internal sealed class SliceCleaner(int rows, int columns, FibSemStackParameters parameters)
{
    private const int LinesAround = 15;

    public void Clean(float[] slice)
    {
        if (parameters.ShadingOrder > 0)
        {
            Shading(slice);
        }

        if (parameters.ChargingLines)
        {
            Lines(slice);
        }

        if (parameters.CurtainLevels > 0)
        {
            CurtainFilter.Vertical(slice, rows, columns, parameters.CurtainLevels, parameters.CurtainSigma);
        }
    }

    /// <summary>Median and robust spread (median absolute deviation) of a slice.</summary>
    public static (double Median, double Spread) Level(float[] slice)
    {
        var sorted = Sampled(slice);
        Array.Sort(sorted);
        var median = sorted[sorted.Length / 2];
        float[] off = [.. sorted.Select(value => Math.Abs(value - median))];
        Array.Sort(off);
        return (median, off[off.Length / 2]);
    }

    private static float[] Sampled(float[] slice)
    {
        const int most = 200_000;
        var step = Math.Max(1, slice.Length / most);
        return [.. Enumerable.Range(0, slice.Length / step).Select(i => slice[i * step])];
    }

    /// <summary>A polynomial in Legendre's form on the slice, orthogonal, so that each term is a sum; the mean stays.</summary>
    private void Shading(float[] slice)
    {
        var (px, py) = (Legendre(columns), Legendre(rows));
        for (var order = 1; order <= parameters.ShadingOrder; order++)
        {
            for (var a = 0; a <= order; a++)
            {
                var (across, down) = (px[a], py[order - a]);
                var (sum, norm) = (0.0, 0.0);
                for (var i = 0; i < slice.Length; i++)
                {
                    var value = across[i % columns] * down[i / columns];
                    (sum, norm) = (sum + (value * slice[i]), norm + (value * value));
                }

                for (var i = 0; i < slice.Length; i++)
                {
                    slice[i] -= (float)(sum / norm * across[i % columns] * down[i / columns]);
                }
            }
        }
    }

    private void Lines(float[] slice)
    {
        var medians = new float[rows];
        var line = new float[columns];
        for (var y = 0; y < rows; y++)
        {
            slice.AsSpan(y * columns, columns).CopyTo(line);
            Array.Sort(line);
            medians[y] = line[columns / 2];
        }

        for (var y = 0; y < rows; y++)
        {
            var (first, last) = (Math.Max(0, y - LinesAround), Math.Min(rows, y + LinesAround + 1));
            float[] around = medians[first..last];
            Array.Sort(around);
            var off = medians[y] - around[around.Length / 2];
            foreach (ref var pixel in slice.AsSpan(y * columns, columns))
            {
                pixel -= off;
            }
        }
    }

    /// <summary>Discrete orthogonal polynomials of degree 0 to 3 on equally spaced points, by Gram and Schmidt.</summary>
    private static double[][] Legendre(int length)
    {
        var polynomials = new double[4][];
        for (var degree = 0; degree < 4; degree++)
        {
            polynomials[degree] = [.. Enumerable.Range(0, length).Select(i => Math.Pow(length > 1 ? (2.0 * i / (length - 1)) - 1 : 0, degree))];
            for (var lower = 0; lower < degree; lower++)
            {
                var known = polynomials[lower];
                var share = polynomials[degree].Zip(known, (p, q) => p * q).Sum() / Math.Max(1e-12, known.Sum(q => q * q));
                polynomials[degree] = [.. polynomials[degree].Zip(known, (p, q) => p - (share * q))];
            }
        }

        return polynomials;
    }
}

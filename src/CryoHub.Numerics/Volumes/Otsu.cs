namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Thresholds that part a histogram into classes of greatest variance between them (Otsu, IEEE Trans. SMC 9 (1979) 62, doi:10.1109/TSMC.1979.4310076; several
/// classes: Liao, Chen and Chung, J. Inf. Sci. Eng. 17 (2001) 713), found exactly by dynamic programming.
/// </summary>
public static class Otsu
{
    /// <summary>The last bin of every class but the highest.</summary>
    /// <param name="counts">Counts of each bin.</param>
    /// <param name="classes">At least 2.</param>
    /// <exception cref="ArgumentException">There are fewer filled bins than classes.</exception>
    public static int[] Bins(ReadOnlySpan<long> counts, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var (weights, moments) = (new double[counts.Length + 1], new double[counts.Length + 1]);
        var filled = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            weights[bin + 1] = weights[bin] + counts[bin];
            moments[bin + 1] = moments[bin] + ((double)counts[bin] * bin);
            filled += counts[bin] > 0 ? 1 : 0;
        }

        if (filled < classes)
        {
            throw new ArgumentException($"{classes} classes need as many different values; there are {filled}.", nameof(classes));
        }

        // best[k, bin]: greatest sum of squared moment over weight with k + 1 classes in the bins before bin
        var best = new double[classes, counts.Length + 1];
        var cut = new int[classes, counts.Length + 1];
        for (var k = 0; k < classes; k++)
        {
            for (var end = 1; end <= counts.Length; end++)
            {
                best[k, end] = k == 0 ? Part(0, end) : double.NegativeInfinity;
                for (var start = k; start < end && k > 0; start++)
                {
                    if (weights[end] > weights[start] && best[k - 1, start] + Part(start, end) is var sum && sum > best[k, end])
                    {
                        (best[k, end], cut[k, end]) = (sum, start);
                    }
                }
            }
        }

        var bins = new int[classes - 1];
        for (int k = classes - 1, end = counts.Length; k > 0; k--)
        {
            end = cut[k, end];
            bins[k - 1] = end - 1;
        }

        return bins;

        double Part(int start, int end) =>
            weights[end] > weights[start] ? (moments[end] - moments[start]) * (moments[end] - moments[start]) / (weights[end] - weights[start]) : 0;
    }
}

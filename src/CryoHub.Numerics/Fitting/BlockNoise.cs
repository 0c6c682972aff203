namespace CryoHub.Numerics.Fitting;

/// <summary>
/// Standard error of the mean of a profile whose noise is correlated over a known length and whose true course varies slowly: means of blocks much longer than that
/// length, and second differences of these, which a straight course leaves at zero (Gasser, Sroka and Jennen-Steinmetz, Biometrika 73 (1986) 625,
/// doi:10.1093/biomet/73.3.625).
/// </summary>
public static class BlockNoise
{
    /// <summary>Blocks below which there is no estimate.</summary>
    public const int LeastBlocks = 6;

    /// <summary>The standard error, and its degrees of freedom; NaN and 0 where fewer than <see cref="LeastBlocks"/> blocks are filled.</summary>
    /// <param name="profile">Equally spaced values; NaN where there is none.</param>
    /// <param name="block">Values in a block.</param>
    /// <param name="overlap">
    /// What neighbouring blocks share, in values: the mean positive part of the difference of two places drawn from the smoothing kernel: 0.25 h for noise of places h apart
    /// joined by straight lines, 0.564 sigma for a Gaussian. It corrects the estimate for the covariance of neighbours.
    /// </param>
    public static (double Error, double Freedom) OfMean(ReadOnlySpan<double> profile, int block, double overlap)
    {
        var means = new List<double>();
        for (var start = 0; start + block <= profile.Length; start += block)
        {
            var (sum, count) = (0.0, 0);
            foreach (var value in profile.Slice(start, block))
            {
                if (!double.IsNaN(value))
                {
                    sum += value;
                    count++;
                }
            }

            means.Add(2 * count >= block ? sum / count : double.NaN);
        }

        var (squares, differences) = (0.0, 0);
        for (var i = 1; i + 1 < means.Count; i++)
        {
            var second = means[i - 1] - (2 * means[i]) + means[i + 1];
            if (!double.IsNaN(second))
            {
                squares += second * second / 6; // variance 1 + 4 + 1 of independent blocks
                differences++;
            }
        }

        var filled = means.Count(mean => !double.IsNaN(mean));
        if (filled < LeastBlocks || differences < LeastBlocks - 2)
        {
            return (double.NaN, 0);
        }

        var variance = squares / differences / (1 - (10.0 / 3 * overlap / block));
        return (Math.Sqrt(variance / filled), differences * 18.0 / 35); // neighbouring second differences correlate by -2/3 and 1/6: 1 / (1 + 2 (4/9 + 1/36)) of them count
    }
}

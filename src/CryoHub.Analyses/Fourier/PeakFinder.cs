namespace CryoHub.Analyses.Fourier;

/// <summary>Finds peaks above the local background in the upper half of a shifted log power spectrum.</summary>
internal sealed class PeakFinder(ReciprocalGrid grid, RadialProfile profile, double threshold, double largestSpacing)
{
    private const int Reach = 2; // a peak is the highest of 5 x 5
    private const int Surrounding = 8; // the local background is the median of 17 x 17 without the peak
    private const double WindowBias = 0.02; // a parabola through the logarithm of a Hann peak errs by up to 0.016 samples

    /// <summary>At most <paramref name="most"/> peaks, highest contrast first.</summary>
    public IReadOnlyList<SpectrumPeak> Find(ReadOnlySpan<float> logPower, int most)
    {
        var peaks = new List<SpectrumPeak>();
        var logThreshold = Math.Log10(threshold);
        for (var row = Reach; row <= grid.Rows / 2; row++)
        {
            for (var column = Reach; column < grid.Columns - Reach; column++)
            {
                var power = logPower[(row * grid.Columns) + column];
                var ring = Math.Min(grid.Ring(row, column), grid.Rings);
                if (power - profile.LogBackgrounds[ring] < logThreshold || grid.Frequency(row, column) * largestSpacing < 1 || !IsSummit(logPower, row, column))
                {
                    continue;
                }

                var background = Math.Max(profile.LogBackgrounds[ring], LocalBackground(logPower, row, column));
                if (power - background >= logThreshold)
                {
                    peaks.Add(Measure(logPower, row, column, background));
                }
            }
        }

        return [.. peaks.OrderByDescending(peak => peak.Contrast).Take(most)];
    }

    private bool IsSummit(ReadOnlySpan<float> logPower, int row, int column)
    {
        var power = logPower[(row * grid.Columns) + column];
        if (row == grid.Rows / 2 && column < grid.Columns / 2)
        {
            return false; // on the middle row both a peak and its mirror image would be found
        }

        for (var y = row - Reach; y <= row + Reach; y++)
        {
            for (var x = column - Reach; x <= column + Reach; x++)
            {
                if (logPower[(y * grid.Columns) + x] > power)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private double LocalBackground(ReadOnlySpan<float> logPower, int row, int column)
    {
        var around = new List<float>();
        for (var y = Math.Max(0, row - Surrounding); y <= Math.Min(grid.Rows - 1, row + Surrounding); y++)
        {
            for (var x = Math.Max(0, column - Surrounding); x <= Math.Min(grid.Columns - 1, column + Surrounding); x++)
            {
                if (Math.Abs(y - row) > Reach || Math.Abs(x - column) > Reach)
                {
                    around.Add(logPower[(y * grid.Columns) + x]);
                }
            }
        }

        return RadialProfile.Median([.. around]) + RadialProfile.MedianToMean;
    }

    private SpectrumPeak Measure(ReadOnlySpan<float> logPower, int row, int column, double background)
    {
        var at = (row * grid.Columns) + column;
        var (dx, sigmaX) = Summit(logPower[at - 1], logPower[at], logPower[at + 1], background);
        var (dy, sigmaY) = Summit(logPower[at - grid.Columns], logPower[at], logPower[at + grid.Columns], background);
        var (kx, ky) = ((column + dx - (grid.Columns / 2)) * grid.StepX, (row + dy - (grid.Rows / 2)) * grid.StepY);
        var (sx, sy, k) = (sigmaX * grid.StepX, sigmaY * grid.StepY, double.Hypot(kx, ky));
        var along = double.Hypot(kx * sx, ky * sy) / k;
        var across = double.Hypot(ky * sx, kx * sy) / k;
        var angle = Math.Atan2(-ky, kx) * 180 / Math.PI; // rows count downwards
        return new SpectrumPeak(1 / k, along / (k * k), angle < 0 ? angle + 180 : angle, across / k * 180 / Math.PI, k, Math.Pow(10, logPower[at] - background), row + dy, column + dx);
    }

    /// <summary>Summit of the parabola through three logarithms, and its one-sigma error from the speckle of the background at the outer two.</summary>
    private static (double Offset, double Sigma) Summit(double left, double middle, double right, double background)
    {
        var curvature = (2 * middle) - left - right;
        if (!(curvature > 0))
        {
            return (0, 0.5);
        }

        var noise = double.Hypot(Speckle(left - background), Speckle(right - background)) / Math.Log(10);
        return (Math.Clamp((right - left) / (2 * curvature), -0.5, 0.5), Math.Min(0.5, double.Hypot(noise / (2 * curvature), WindowBias)));
    }

    /// <summary>Relative one-sigma of a power that far (in decades) above an exponentially distributed background.</summary>
    private static double Speckle(double decades) => Math.Min(1, Math.Sqrt(2 * Math.Pow(10, -decades)));
}

using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.FibSem;

/// <summary>
/// Shifts from slice to slice: the median over patches of their cross-correlations, so that one feature that moves does not speak for all; or that of a fiducial.
/// Neighbours' shifts added up hold the jumps and the slant of the specimen. Jumps have no memory and slants are slow, so what a straight line
/// over the window follows is kept as the specimen's own.
/// </summary>
internal sealed class SliceShifts
{
    private const double Taper = 0.2;
    private const double LeastCorrelation = 0.3; // the best of all shifts of two patches without anything in common reaches about that
    private const int Grid = 3;

    private readonly int columns;
    private readonly int height;
    private readonly int width;
    private readonly (int X, int Y)[] corners;
    private readonly float[] weights;
    private List<AlignedFloats> before = [];

    public SliceShifts(int rows, int columns, Region? fiducial)
    {
        this.columns = columns;
        (width, height) = fiducial is null ? (columns / 2, rows / 2) : (fiducial.Width, fiducial.Height);
        corners = fiducial is null
            ? [.. Enumerable.Range(0, Grid * Grid).Select(i => (i % Grid * (columns - width) / (Grid - 1), i / Grid * (rows - height) / (Grid - 1)))]
            : [(fiducial.X, fiducial.Y)];
        weights = BandPass.Weights(height, width, 0.01, 0.2, 0.05);
    }

    /// <summary>Of each slice against the one before: columns, rows, correlation; NaN shifts where nothing resembles.</summary>
    public List<(double X, double Y, double Correlation)> Steps { get; } = [];

    /// <summary>Takes the next slice.</summary>
    public void Add(float[] slice, ParallelOptions options)
    {
        var now = new AlignedFloats[corners.Length];
        var found = new ImageShift[corners.Length];
        Parallel.For(0, corners.Length, options, i =>
        {
            var patch = new float[width * height];
            for (var y = 0; y < height; y++)
            {
                slice.AsSpan(((corners[i].Y + y) * columns) + corners[i].X, width).CopyTo(patch.AsSpan(y * width));
            }

            now[i] = new AlignedFloats(height * RealFourier.HalfLength(width));
            BandPass.Spectrum(patch, height, width, Taper, weights, now[i]);
            found[i] = before.Count > 0 ? CrossCorrelation.Shift(before[i], now[i], height, width, Math.Min(width, height) / 4.0) : default;
        });
        Steps.Add(before.Count > 0 ? Median(found) : (0, 0, 1));
        before.ForEach(spectrum => spectrum.Dispose());
        before = [.. now];
    }

    /// <summary>The shift of each slice that is to be undone.</summary>
    public (double X, double Y)[] Jumps(StackAlignment alignment, int window)
    {
        before.ForEach(spectrum => spectrum.Dispose());
        before = [];
        var (x, y) = (Sums(step => step.X), Sums(step => step.Y));
        if (alignment == StackAlignment.Jumps)
        {
            (x, y) = (Fast(x, window), Fast(y, window));
        }

        return [.. x.Zip(y)];
    }

    /// <summary>What is left of a course when the straight line through the slices of the window round each slice is taken off.</summary>
    internal static double[] Fast(double[] course, int window)
    {
        var fast = new double[course.Length];
        for (var i = 0; i < course.Length; i++)
        {
            var length = Math.Min(window, course.Length);
            var first = Math.Clamp(i - (length / 2), 0, course.Length - length);
            var (sx, sy, sxx, sxy) = (0.0, 0.0, 0.0, 0.0);
            for (var k = first; k < first + length; k++)
            {
                (sx, sy, sxx, sxy) = (sx + k - i, sy + course[k], sxx + ((k - i) * (double)(k - i)), sxy + ((k - i) * course[k]));
            }

            var determinant = (length * sxx) - (sx * sx);
            fast[i] = course[i] - (determinant > 0 ? ((sy * sxx) - (sx * sxy)) / determinant : sy / length);
        }

        return fast;
    }

    private double[] Sums(Func<(double X, double Y, double Correlation), double> part)
    {
        var sum = 0.0;
        return [.. Steps.Select(step => sum += double.IsNaN(step.X) ? 0 : part(step))];
    }

    private static (double X, double Y, double Correlation) Median(ImageShift[] shifts)
    {
        ImageShift[] good = [.. shifts.Where(shift => shift.Correlation >= LeastCorrelation)];
        return 3 * good.Length < shifts.Length
            ? (double.NaN, double.NaN, shifts.Max(shift => shift.Correlation))
            : (Middle(good.Select(shift => shift.X)), Middle(good.Select(shift => shift.Y)), good.Average(shift => shift.Correlation));

        static double Middle(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}

using CryoHub.Numerics.Fitting;
using CryoHub.Numerics.Outlines;

namespace CryoHub.Analyses.Annotated;

/// <summary>Distances along the local normal from one boundary of a layer to the other, about a pixel apart, in the unit of the scale.</summary>
internal sealed class ThicknessProfile
{
    private const double Back = 1.5; // pixels behind the boundary at which a ray starts: jitter may put the other boundary there
    private const double NoLayer = 0.75; // pixels: below this the two boundaries are the same
    private const int LeastAlike = 6; // lengths over which errors are alike in a block

    private readonly BoundaryPair pair;
    private readonly PixelScale scale;
    private readonly Outline[] outer;

    public ThicknessProfile(BoundaryPair pair, PixelScale scale, LayerThicknessParameters parameters, (int Width, int Height)? picture)
    {
        (this.pair, this.scale) = (pair, scale);
        outer = [.. pair.Outer.Select(line => line.Scaled(scale.X, scale.Y))];
        var box = outer.Concat(pair.Inner.Select(line => line.Scaled(scale.X, scale.Y))).SelectMany(line => line.Places.Chunk(2)).ToArray();
        var diagonal = double.Hypot(box.Max(p => p[0]) - box.Min(p => p[0]), box.Max(p => p[1]) - box.Min(p => p[1]));
        var reach = Math.Min(diagonal, (parameters.Reach ?? double.PositiveInfinity) * scale.Mean) + (Back * scale.Mean);
        var grid = new PieceGrid(outer, 8 * scale.Mean);
        var half = (int)Math.Ceiling(parameters.NormalOver ?? (pair.Margin == 0 ? Math.Max(16, 2 * pair.Alike) : 16));
        foreach (var line in pair.Inner)
        {
            var places = line.Scaled(scale.X, scale.Y).Resampled(scale.Mean);
            Add(places, places.Normals(Math.Min(half, Math.Max(1, places.Count / 4))), grid, reach, picture);
        }

        Values = [.. Samples.Where(sample => sample.Covered).Select(sample => sample.Thickness)];
        Array.Sort(Values);
    }

    /// <summary>One place of the inner boundary: where along it, where in the picture, which way the normal points, and how far the other boundary is (NaN where it is not known).</summary>
    public readonly record struct Sample(double Along, double X, double Y, double NormalX, double NormalY, double Thickness, bool Covered);

    public List<Sample> Samples { get; } = [];

    /// <summary>Thickness wherever there is a layer, in rising order.</summary>
    public double[] Values { get; }

    public double Mean => Values.Length > 0 ? Values.Average() : double.NaN;

    public double Deviation => Values.Length > 1 ? Math.Sqrt(Values.Sum(value => (value - Mean) * (value - Mean)) / (Values.Length - 1)) : double.NaN;

    /// <summary>Covered part of the boundary, of all that could be looked at.</summary>
    public double Coverage => Samples.Count(sample => !double.IsNaN(sample.Thickness)) is var seen && seen > 0 ? (double)Values.Length / seen : double.NaN;

    /// <summary>Values in a block whose mean depends little on its neighbours.</summary>
    public int Block => (int)Math.Ceiling(LeastAlike * pair.Alike);

    public double Percentile(double share) => Percentile(Values, share);

    /// <summary>Linear between the sorted values.</summary>
    public static double Percentile(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    /// <summary>Uncertainty of the mean from the scatter of the boundaries; NaN where the interface is too short to tell.</summary>
    public double Scatter()
    {
        double[] profile = [.. Samples.Select(sample => sample.Covered ? sample.Thickness : double.NaN)];
        var block = Block;
        if (profile.Length < BlockNoise.LeastBlocks * block)
        {
            block = (int)Math.Ceiling(Math.Max(4 * pair.Overlap * 10 / 3, profile.Length / (double)(BlockNoise.LeastBlocks + 1)));
        }

        var (error, freedom) = BlockNoise.OfMean(profile, block, pair.Overlap);
        return error * (freedom > 0 ? StudentFactor.Of(freedom) : double.NaN);
    }

    /// <summary>Uncertainty of the mean because a boundary is known to a pixel only: edge / sqrt(12) for each boundary, less where it passes over many pixels.</summary>
    public double PixelError() => scale.Mean * Math.Sqrt((1 / (12 * Independent(pair.Inner))) + (1 / (12 * Independent(pair.Outer))));

    /// <summary>Uncertainty of the mean because edges are blurred: each independent place of a boundary is not known better than the blur.</summary>
    /// <param name="inner">Standard deviation of the inner edge's blur.</param>
    /// <param name="outerBlur">That of the outer one.</param>
    public double BlurError(double inner, double outerBlur) => Math.Sqrt((inner * inner / Places(pair.Inner)) + (outerBlur * outerBlur / Places(pair.Outer)));

    private double Places(IReadOnlyList<Outline> lines) => Math.Max(1, lines.Sum(line => line.Length) / pair.Alike);

    /// <summary>How many independent roundings a boundary has: drawn places, or the steps of a label's edge across the pixels.</summary>
    private double Independent(IReadOnlyList<Outline> lines)
    {
        if (pair.Margin == 0)
        {
            return lines.Sum(line => line.Count);
        }

        var steps = 1.0;
        foreach (var line in lines)
        {
            var (alongX, alongY) = (0.0, 0.0);
            for (var i = 0; i < line.Pieces; i++)
            {
                var (ax, ay, bx, by) = line.Piece(i);
                (alongX, alongY) = (alongX + Math.Abs(bx - ax), alongY + Math.Abs(by - ay));
            }

            steps += Math.Min(alongX, alongY);
        }

        return steps;
    }

    private void Add(Outline places, double[] normals, PieceGrid grid, double reach, (int Width, int Height)? picture)
    {
        var back = Back * scale.Mean;
        var found = new (double Left, double Right)[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            var (x, y, nx, ny) = (places.Places[2 * i], places.Places[(2 * i) + 1], normals[2 * i], normals[(2 * i) + 1]);
            found[i] = (grid.First(x - (back * nx), y - (back * ny), nx, ny, reach) - back, grid.First(x + (back * nx), y + (back * ny), -nx, -ny, reach) - back);
        }

        // The layer lies on the side where the other boundary is nearer, for most places.
        var side = found.Count(pair => pair.Left <= pair.Right || double.IsNaN(pair.Right)) - found.Count(pair => pair.Right <= pair.Left || double.IsNaN(pair.Left)) >= 0 ? 1 : -1;
        var begin = Samples.Count > 0 ? Samples[^1].Along + scale.Mean : 0;
        var step = places.Length / Math.Max(1, places.Pieces);
        double[] distances = [.. found.Select(pair => side > 0 ? pair.Left : pair.Right)];
        var (first, last) = (0, places.Count - 1);
        if (!places.Closed) // where an open line begins or ends the other may simply have been drawn shorter
        {
            for (; first <= last && double.IsNaN(distances[first]); first++)
            {
            }

            for (; last > first && double.IsNaN(distances[last]); last--)
            {
            }
        }

        for (var i = 0; i < places.Count; i++)
        {
            var (x, y, nx, ny) = (places.Places[2 * i], places.Places[(2 * i) + 1], side * normals[2 * i], side * normals[(2 * i) + 1]);
            var covered = distances[i] >= NoLayer * scale.Mean;
            var known = i >= first && i <= last && Inside(x, y, picture) && (!covered || Inside(x + (distances[i] * nx), y + (distances[i] * ny), picture));
            Samples.Add(new Sample(begin + (i * step), x, y, nx, ny, known ? (covered ? distances[i] : 0) : double.NaN, known && covered));
        }
    }

    /// <summary>Whether a place is far enough from the border that smoothing has not bent the line.</summary>
    private bool Inside(double x, double y, (int Width, int Height)? picture) =>
        picture is not { } size || pair.Margin == 0
        || (x / scale.X >= pair.Margin && y / scale.Y >= pair.Margin && x / scale.X <= size.Width - pair.Margin && y / scale.Y <= size.Height - pair.Margin);
}

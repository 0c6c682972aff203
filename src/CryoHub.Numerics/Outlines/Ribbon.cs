namespace CryoHub.Numerics.Outlines;

/// <summary>
/// The middle line of a long body from its closed outline: of all pairs of places that part the outline into two sides, the tips are those for which places at the same part
/// of both sides are nearest on average, that is, lie across the body from each other. Exact for straight and evenly bent bodies of constant width.
/// </summary>
public sealed class Ribbon
{
    private const int Places = 128; // on the outline; tips are found to half of that distance
    private const int Sections = 64; // across the body
    private const double LeastSide = 0.35; // of the outline: the inner side of a bend is the shorter one
    private const int Lean = 4; // sections to either side that tell the direction of the middle line
    private const double Tip = 0.1; // part at each tip that does not count for the width

    /// <param name="outline">Closed; in any one unit.</param>
    public Ribbon(Outline outline)
    {
        var ring = outline.Resampled(outline.Length / Places).Places;
        var best = double.PositiveInfinity;
        var (from, to) = (0, 0);
        for (var i = 0; i < Places; i++)
        {
            for (var j = i + (int)(LeastSide * Places); j < Places && i + Places - j >= LeastSide * Places; j++)
            {
                var cost = 0.0;
                for (var k = 4; k < Sections && cost < best; k += 4)
                {
                    var section = Across(ring, i, j, (double)k / Sections);
                    cost += double.Hypot(section.AcrossX, section.AcrossY);
                }

                (best, from, to) = cost < best ? (cost, i, j) : (best, from, to);
            }
        }

        var middle = new double[2 * (Sections + 1)];
        var across = new (double X, double Y)[Sections + 1];
        for (var k = 0; k <= Sections; k++)
        {
            var section = Across(ring, from, to, (double)k / Sections);
            (middle[2 * k], middle[(2 * k) + 1], across[k]) = (section.X, section.Y, (section.AcrossX, section.AcrossY));
        }

        Centre = new Outline(Smoothed(middle), false);
        var widths = new List<double>();
        for (var k = (int)Math.Ceiling(Tip * Sections); k <= (1 - Tip) * Sections; k++)
        {
            // What lies across the middle line: sections lean a little where the tips are off by part of a place.
            var (alongX, alongY) = (Centre.Places[2 * (k + Lean)] - Centre.Places[2 * (k - Lean)], Centre.Places[(2 * (k + Lean)) + 1] - Centre.Places[(2 * (k - Lean)) + 1]);
            widths.Add(Math.Abs((across[k].X * alongY) - (across[k].Y * alongX)) / double.Hypot(alongX, alongY));
        }

        Width = widths.Average();
        WidthSpread = Math.Sqrt(widths.Average(width => (width - Width) * (width - Width)));
        Chord = double.Hypot(Centre.Places[^2] - Centre.Places[0], Centre.Places[^1] - Centre.Places[1]);
    }

    /// <summary>The line from tip to tip.</summary>
    public Outline Centre { get; }

    /// <summary>Length from tip to tip along the middle.</summary>
    public double Length => Centre.Length;

    /// <summary>Straight distance of the tips.</summary>
    public double Chord { get; }

    /// <summary>Mean width across the middle line, a tenth at each tip left out.</summary>
    public double Width { get; }

    /// <summary>How much the width varies along the body (standard deviation).</summary>
    public double WidthSpread { get; }

    private static (double X, double Y, double AcrossX, double AcrossY) Across(double[] ring, int from, int to, double part)
    {
        var (ax, ay) = At(ring, from + (part * (to - from)));
        var (bx, by) = At(ring, from - (part * (from + Places - to)));
        return ((ax + bx) / 2, (ay + by) / 2, ax - bx, ay - by);
    }

    private static (double X, double Y) At(double[] ring, double place)
    {
        var whole = (int)Math.Floor(place);
        var (share, i, j) = (place - whole, ((whole % Places) + Places) % Places, (((whole + 1) % Places) + Places) % Places);
        return (ring[2 * i] + (share * (ring[2 * j] - ring[2 * i])), ring[(2 * i) + 1] + (share * (ring[(2 * j) + 1] - ring[(2 * i) + 1])));
    }

    /// <summary>Each place the mean of itself and two neighbours at either side, so that jitter does not lengthen the line; the tips stay.</summary>
    private static double[] Smoothed(double[] line)
    {
        var smooth = (double[])line.Clone();
        var count = line.Length / 2;
        for (var i = 1; i < count - 1; i++)
        {
            var reach = Math.Min(2, Math.Min(i, count - 1 - i));
            for (var axis = 0; axis < 2; axis++)
            {
                var sum = 0.0;
                for (var k = -reach; k <= reach; k++)
                {
                    sum += line[(2 * (i + k)) + axis];
                }

                smooth[(2 * i) + axis] = sum / ((2 * reach) + 1);
            }
        }

        return smooth;
    }
}

namespace CryoHub.Numerics.Outlines;

/// <summary>A line of straight pieces in the plane, as places x, y, x, y and so on; a closed one does not repeat its first place.</summary>
/// <param name="Places">Two numbers a place, at least two places.</param>
/// <param name="Closed">Whether the last place is joined to the first.</param>
public sealed record Outline(double[] Places, bool Closed)
{
    /// <summary>Number of places.</summary>
    public int Count => Places.Length / 2;

    /// <summary>Number of straight pieces.</summary>
    public int Pieces => Closed ? Count : Count - 1;

    /// <summary>Length along the line, in the unit of the places.</summary>
    public double Length
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Pieces; i++)
            {
                var (ax, ay, bx, by) = Piece(i);
                sum += double.Hypot(bx - ax, by - ay);
            }

            return sum;
        }
    }

    /// <summary>Ends of piece <paramref name="i"/>.</summary>
    public (double AX, double AY, double BX, double BY) Piece(int i)
    {
        var j = i + 1 == Count ? 0 : i + 1;
        return (Places[2 * i], Places[(2 * i) + 1], Places[2 * j], Places[(2 * j) + 1]);
    }

    /// <summary>The same line with each place multiplied, for pixels that are not squares.</summary>
    public Outline Scaled(double alongX, double alongY)
    {
        var scaled = new double[Places.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Places[i] * (i % 2 == 0 ? alongX : alongY);
        }

        return this with { Places = scaled };
    }

    /// <summary>Distance from (x, y) to the nearest place of the line.</summary>
    public double Distance(double x, double y)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < Pieces; i++)
        {
            var (ax, ay, bx, by) = Piece(i);
            var (dx, dy) = (bx - ax, by - ay);
            var squared = (dx * dx) + (dy * dy);
            var t = squared > 0 ? Math.Clamp((((x - ax) * dx) + ((y - ay) * dy)) / squared, 0, 1) : 0;
            least = Math.Min(least, double.Hypot(x - ax - (t * dx), y - ay - (t * dy)));
        }

        return least;
    }

    /// <summary>Places at equal distances along the line, about <paramref name="step"/> apart: the middle of each of so many equal parts.</summary>
    public Outline Resampled(double step)
    {
        var length = Length;
        var count = Math.Max(2, (int)Math.Round(length / step));
        var places = new double[2 * count];
        var (piece, before) = (0, 0.0);
        var (ax, ay, bx, by) = Piece(0);
        var here = double.Hypot(bx - ax, by - ay);
        for (var i = 0; i < count; i++)
        {
            var at = (i + 0.5) * length / count;
            while (at > before + here && piece + 1 < Pieces)
            {
                before += here;
                (ax, ay, bx, by) = Piece(++piece);
                here = double.Hypot(bx - ax, by - ay);
            }

            var t = here > 0 ? Math.Clamp((at - before) / here, 0, 1) : 0;
            (places[2 * i], places[(2 * i) + 1]) = (ax + (t * (bx - ax)), ay + (t * (by - ay)));
        }

        return new Outline(places, Closed);
    }

    /// <summary>
    /// Unit normals x, y at each place, to the left of the way as seen with y downwards: perpendicular to the main direction (largest second moment) of the places up
    /// to <paramref name="reach"/> before and after, so that the jitter of single places does not turn them. Meant for <see cref="Resampled"/> lines.
    /// </summary>
    public double[] Normals(int reach)
    {
        var normals = new double[Places.Length];
        for (var i = 0; i < Count; i++)
        {
            double n = 0, mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
            for (var k = -reach; k <= reach; k++)
            {
                var j = i + k;
                if (!Closed && (uint)j >= (uint)Count)
                {
                    continue;
                }

                j = ((j % Count) + Count) % Count;
                var (x, y) = (Places[2 * j] - Places[2 * i], Places[(2 * j) + 1] - Places[(2 * i) + 1]);
                (n, mx, my, xx, xy, yy) = (n + 1, mx + x, my + y, xx + (x * x), xy + (x * y), yy + (y * y));
            }

            (xx, xy, yy) = (xx - (mx * mx / n), xy - (mx * my / n), yy - (my * my / n));
            var angle = Math.Atan2(2 * xy, xx - yy) / 2;
            var (tx, ty) = (Math.Cos(angle), Math.Sin(angle));
            var (wayX, wayY) = Way(i, reach);
            var sign = (tx * wayX) + (ty * wayY) < 0 ? -1 : 1;
            (normals[2 * i], normals[(2 * i) + 1]) = (sign * ty, -sign * tx);
        }

        return normals;
    }

    private (double X, double Y) Way(int i, int reach)
    {
        reach = Math.Max(1, Math.Min(reach, (Count - 1) / 2));
        var (a, b) = Closed ? ((i - reach + Count) % Count, (i + reach) % Count) : (Math.Max(0, i - reach), Math.Min(Count - 1, i + reach));
        return (Places[2 * b] - Places[2 * a], Places[(2 * b) + 1] - Places[(2 * a) + 1]);
    }
}

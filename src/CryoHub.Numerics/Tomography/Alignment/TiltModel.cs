namespace CryoHub.Numerics.Tomography.Alignment;

/// <summary>
/// Least squares for a tilt series: poses of the views and places of the markers that best explain where the markers were seen (Lawrence, in Electron Tomography,
/// ed. Frank, 1992, chapter 8; Mastronarde, J. Struct. Biol. 120 (1997) 343). Levenberg's damping, markers eliminated by their 3 x 3 blocks.
/// </summary>
public sealed class TiltModel
{
    private const int MostSteps = 60;
    private const double TukeyScales = 4.685; // 95 % efficiency for normal errors (Holland and Welsch 1977)

    private readonly IReadOnlyList<MarkerPosition> seen;
    private readonly TiltModelOptions options;
    private readonly int reference;
    private readonly double[] weights;
    private readonly ViewPose[] poses;
    private readonly double[] places;

    private TiltModel(IReadOnlyList<MarkerPosition> seen, ViewPose[] start, int markers, int reference, TiltModelOptions options)
    {
        (this.seen, this.options, this.reference) = (seen, options, reference);
        (poses, places, weights) = ((ViewPose[])start.Clone(), new double[3 * markers], new double[seen.Count]);
        weights.AsSpan().Fill(1);
    }

    /// <summary>The views' poses.</summary>
    public IReadOnlyList<ViewPose> Poses => poses;

    /// <summary>X, Y, Z of each marker; the mean of Z is 0, and the reference view has no shift.</summary>
    public ReadOnlySpan<double> Places => places;

    /// <summary>Weight of each measurement, 0 where it was taken for an outlier.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Root mean square distance of the measurements that count, in pixels.</summary>
    public double Residual { get; private set; }

    /// <summary>Standard deviation of the common axis angle, in degrees; NaN where it was not fitted.</summary>
    public double AxisError { get; private set; } = double.NaN;

    private int PerView => options.Magnification ? (options.Rotation ? 4 : 3) : options.Rotation ? 3 : 2;

    private bool OneAxis => options.Axis && !options.Rotation;

    /// <summary>Fits from <paramref name="start"/>; markers begin where the views see them on average at height 0.</summary>
    /// <param name="seen">Every marker in at least two views.</param>
    /// <param name="start">One pose a view.</param>
    /// <param name="markers">Number of markers.</param>
    /// <param name="reference">View whose magnification is 1 and whose shift is 0.</param>
    /// <param name="options">What may change.</param>
    public static TiltModel Fit(IReadOnlyList<MarkerPosition> seen, ViewPose[] start, int markers, int reference, TiltModelOptions options)
    {
        var model = new TiltModel(seen, start, markers, reference, options);
        model.Begin();
        model.Descend();
        for (var round = 0; round < 6 && options.Robust; round++)
        {
            model.Reweigh();
            model.Descend();
        }

        model.Settle();
        return model;
    }

    /// <summary>How far measurement <paramref name="index"/> lies from where the model puts it, in pixels.</summary>
    public double Distance(int index)
    {
        var at = seen[index];
        var (x, y) = poses[at.View].Project(places[3 * at.Marker], places[(3 * at.Marker) + 1], places[(3 * at.Marker) + 2]);
        return double.Hypot(x - at.X, y - at.Y);
    }

    private void Begin()
    {
        var counts = new int[places.Length / 3];
        foreach (var at in seen)
        {
            var pose = poses[at.View];
            var (u, v) = pose.Lift(at.X, at.Y);
            var cos = Math.Max(0.2, Math.Cos(pose.Tilt * Math.PI / 180));
            places[3 * at.Marker] += u / cos;
            places[(3 * at.Marker) + 1] += v;
            counts[at.Marker]++;
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] /= Math.Max(1, counts[i / 3]);
        }
    }

    private void Descend()
    {
        var (damping, cost) = (1e-3, Cost());
        for (var step = 0; step < MostSteps; step++)
        {
            var (before, beforePlaces) = ((ViewPose[])poses.Clone(), (double[])places.Clone());
            Step(damping);
            var now = Cost();
            if (now <= cost)
            {
                var gain = cost - now;
                (cost, damping) = (now, Math.Max(1e-9, damping / 5));
                if (gain <= 1e-9 * cost)
                {
                    return;
                }
            }
            else
            {
                before.CopyTo(poses, 0);
                beforePlaces.CopyTo(places, 0);
                damping *= 8;
                if (damping > 1e9)
                {
                    return;
                }
            }
        }
    }

    private double Cost()
    {
        var sum = 0.0;
        for (var i = 0; i < seen.Count; i++)
        {
            var distance = weights[i] > 0 ? Distance(i) : 0;
            sum += weights[i] * distance * distance;
        }

        return sum;
    }

    private void Step(double damping)
    {
        var (size, markers) = ((PerView * poses.Length) + (OneAxis ? 1 : 0), places.Length / 3);
        var normal = new double[size, size];
        var right = new double[size];
        var own = new double[markers][];
        var mixed = new Dictionary<int, double[]>[markers];
        for (var marker = 0; marker < markers; marker++)
        {
            own[marker] = new double[9 + 3];
            mixed[marker] = [];
        }

        Gather(normal, right, own, mixed);
        for (var i = 0; i < size; i++)
        {
            normal[i, i] = (normal[i, i] * (1 + damping)) + 1e-12;
        }

        var inverses = new double[markers][];
        for (var marker = 0; marker < markers; marker++)
        {
            inverses[marker] = Inverse(own[marker], damping);
            Eliminate(normal, right, own[marker], mixed[marker], inverses[marker]);
        }

        var change = Cholesky.Solve(normal, right);
        if (change is null)
        {
            return;
        }

        Move(change);
        for (var marker = 0; marker < markers; marker++)
        {
            Span<double> rest = [own[marker][9], own[marker][10], own[marker][11]];
            foreach (var (row, block) in mixed[marker])
            {
                for (var j = 0; j < 3; j++)
                {
                    rest[j] -= block[j] * change[row];
                }
            }

            for (var i = 0; i < 3; i++)
            {
                places[(3 * marker) + i] += (inverses[marker][3 * i] * rest[0]) + (inverses[marker][(3 * i) + 1] * rest[1]) + (inverses[marker][(3 * i) + 2] * rest[2]);
            }
        }
    }

    /// <summary>Adds every measurement's derivatives: x and y by the view's shift, rotation and magnification, by the common axis, and by the marker's X, Y, Z.</summary>
    private void Gather(double[,] normal, double[] right, double[][] own, Dictionary<int, double[]>[] mixed)
    {
        Span<int> rows = stackalloc int[4];
        Span<double> byX = stackalloc double[4];
        Span<double> byY = stackalloc double[4];
        Span<double> markerX = stackalloc double[3];
        Span<double> markerY = stackalloc double[3];
        for (var i = 0; i < seen.Count; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            var at = seen[i];
            var pose = poses[at.View];
            var place = places.AsSpan(3 * at.Marker, 3);
            var (st, ct) = Math.SinCos(pose.Tilt * Math.PI / 180);
            var (sr, cr) = Math.SinCos(pose.Rotation * Math.PI / 180);
            var m = pose.Magnification;
            var (u, v) = ((place[0] * ct) + (place[2] * st), place[1]);
            var (x, y) = ((u * cr) + (v * sr), (v * cr) - (u * sr));
            var (ex, ey) = (at.X - (m * x) - pose.ShiftX, at.Y - (m * y) - pose.ShiftY);
            var count = Derivatives(at.View, m, x, y, rows, byX, byY);
            (markerX[0], markerX[1], markerX[2]) = (m * ct * cr, m * sr, m * st * cr);
            (markerY[0], markerY[1], markerY[2]) = (-m * ct * sr, m * cr, -m * st * sr);
            var w = weights[i];
            for (var a = 0; a < count; a++)
            {
                right[rows[a]] += w * ((byX[a] * ex) + (byY[a] * ey));
                for (var b = 0; b < count; b++)
                {
                    normal[rows[a], rows[b]] += w * ((byX[a] * byX[b]) + (byY[a] * byY[b]));
                }

                if (!mixed[at.Marker].TryGetValue(rows[a], out var block))
                {
                    mixed[at.Marker][rows[a]] = block = new double[3];
                }

                for (var j = 0; j < 3; j++)
                {
                    block[j] += w * ((byX[a] * markerX[j]) + (byY[a] * markerY[j]));
                }
            }

            for (var j = 0; j < 3; j++)
            {
                own[at.Marker][9 + j] += w * ((markerX[j] * ex) + (markerY[j] * ey));
                for (var k = 0; k < 3; k++)
                {
                    own[at.Marker][(3 * j) + k] += w * ((markerX[j] * markerX[k]) + (markerY[j] * markerY[k]));
                }
            }
        }
    }

    private int Derivatives(int view, double m, double x, double y, Span<int> rows, Span<double> byX, Span<double> byY)
    {
        var first = PerView * view;
        (rows[0], byX[0], byY[0]) = (first, 1, 0);
        (rows[1], byX[1], byY[1]) = (first + 1, 0, 1);
        var count = 2;
        if (options.Axis || options.Rotation)
        {
            (rows[count], byX[count], byY[count]) = (options.Rotation ? first + 2 : PerView * poses.Length, m * y, -m * x);
            count++;
        }

        if (options.Magnification && view != reference)
        {
            (rows[count], byX[count], byY[count]) = (first + PerView - 1, x, y);
            count++;
        }

        return count;
    }

    private static void Eliminate(double[,] normal, double[] right, double[] own, Dictionary<int, double[]> mixed, double[] inverse)
    {
        Span<double> turned = stackalloc double[3];
        foreach (var (row, block) in mixed)
        {
            for (var j = 0; j < 3; j++)
            {
                turned[j] = (block[0] * inverse[j]) + (block[1] * inverse[3 + j]) + (block[2] * inverse[6 + j]);
            }

            right[row] -= (turned[0] * own[9]) + (turned[1] * own[10]) + (turned[2] * own[11]);
            foreach (var (column, other) in mixed)
            {
                normal[row, column] -= (turned[0] * other[0]) + (turned[1] * other[1]) + (turned[2] * other[2]);
            }
        }
    }

    private void Move(double[] change)
    {
        const double degrees = 180 / Math.PI;
        for (var view = 0; view < poses.Length; view++)
        {
            var first = PerView * view;
            var pose = poses[view];
            var turn = options.Rotation ? change[first + 2] : OneAxis ? change[^1] : 0;
            poses[view] = pose with
            {
                ShiftX = pose.ShiftX + change[first],
                ShiftY = pose.ShiftY + change[first + 1],
                Rotation = pose.Rotation + (turn * degrees),
                Magnification = options.Magnification && view != reference ? pose.Magnification + change[first + PerView - 1] : pose.Magnification,
            };
        }
    }

    private void Reweigh()
    {
        var distances = Enumerable.Range(0, seen.Count).Select(Distance).ToArray();
        var scale = Math.Max(1e-6, distances.Order().ElementAt(distances.Length / 2) / 1.1774); // median of a Rayleigh distribution is 1.1774 sigma
        for (var i = 0; i < weights.Length; i++)
        {
            var ratio = distances[i] / (TukeyScales * scale);
            weights[i] = ratio < 1 ? Math.Pow(1 - (ratio * ratio), 2) : 0;
        }
    }

    /// <summary>Mean height 0, no shift of the reference view; the numbers that go with it.</summary>
    private void Settle()
    {
        var height = 0.0;
        for (var i = 2; i < places.Length; i += 3)
        {
            height += places[i] / (places.Length / 3);
        }

        var (a, b) = poses[reference].Lift(0, 0);
        var cos = Math.Cos(poses[reference].Tilt * Math.PI / 180);
        var sin = Math.Sin(poses[reference].Tilt * Math.PI / 180);
        var (dx, dy) = ((-a - (height * sin)) / cos, -b); // after lifting the markers by -height, the reference's middle must show the point it shows now

        for (var i = 0; i < places.Length; i += 3)
        {
            places[i] += dx;
            places[i + 1] += dy;
            places[i + 2] -= height;
        }

        for (var view = 0; view < poses.Length; view++)
        {
            var bare = poses[view] with { ShiftX = 0, ShiftY = 0 };
            var (x, y) = bare.Project(dx, dy, -height);
            poses[view] = poses[view] with { ShiftX = poses[view].ShiftX - x, ShiftY = poses[view].ShiftY - y };
        }

        var used = Enumerable.Range(0, seen.Count).Where(i => weights[i] > 0).ToList();
        Residual = used.Count == 0 ? double.NaN : Math.Sqrt(used.Sum(i => Distance(i) * Distance(i)) / used.Count);
        AxisError = OneAxis ? AxisUncertainty() : double.NaN;
    }

    /// <summary>From the inverse of the reduced normal equations, with the residual's own variance.</summary>
    private double AxisUncertainty()
    {
        var (size, markers) = ((PerView * poses.Length) + 1, places.Length / 3);
        var normal = new double[size, size];
        var right = new double[size];
        var own = Enumerable.Range(0, markers).Select(_ => new double[12]).ToArray();
        var mixed = Enumerable.Range(0, markers).Select(_ => new Dictionary<int, double[]>()).ToArray();
        Gather(normal, right, own, mixed);
        for (var marker = 0; marker < markers; marker++)
        {
            Eliminate(normal, right, own[marker], mixed[marker], Inverse(own[marker], 1e-9));
        }

        for (var i = 0; i < size; i++)
        {
            normal[i, i] = (normal[i, i] * (1 + 1e-9)) + 1e-9; // three shifts of the whole are free
        }

        var unit = new double[size];
        unit[^1] = 1;
        var freedom = Math.Max(1, (2 * weights.Count(weight => weight > 0)) - size - (3 * markers));
        return Cholesky.Solve(normal, unit) is { } column ? Math.Sqrt(Math.Max(0, column[^1]) * Cost() / freedom) * 180 / Math.PI : double.NaN;
    }

    /// <summary>Inverse of a marker's symmetric block with damping.</summary>
    private static double[] Inverse(double[] own, double damping)
    {
        var d = 1 + damping;
        var (a, b, c, e, f, i) = ((own[0] * d) + 1e-9, own[1], own[2], (own[4] * d) + 1e-9, own[5], (own[8] * d) + 1e-9);
        var (m0, m1, m2) = ((e * i) - (f * f), (c * f) - (b * i), (b * f) - (c * e));
        var determinant = (a * m0) + (b * m1) + (c * m2);
        return [m0 / determinant, m1 / determinant, m2 / determinant, m1 / determinant, ((a * i) - (c * c)) / determinant, ((b * c) - (a * f)) / determinant, m2 / determinant, ((b * c) - (a * f)) / determinant, ((a * e) - (b * b)) / determinant];
    }
}

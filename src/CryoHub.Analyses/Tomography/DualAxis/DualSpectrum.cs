using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;

namespace CryoHub.Analyses.Tomography.DualAxis;

/// <summary>
/// Both volumes' half spaces and who has measured which of their frequencies: a series about y up to the tilt a has those with |kz| up to tan(a) |kx|, one turned
/// by r those with kx of its own axes. The share falls from 1 to 0 over one frequency step at that border.
/// </summary>
internal sealed class DualSpectrum
{
    private const float Unmeasured = 1e-3f; // where neither has measured, what iterations have put there counts alike

    private readonly AlignedFloats first;
    private readonly AlignedFloats second;
    private readonly (int Depth, int Rows, int Columns) shape;
    private readonly double firstSlope;
    private readonly double secondSlope;
    private readonly (double Cos, double Sin) turn;
    private readonly int half;

    public DualSpectrum(AlignedFloats first, AlignedFloats second, (int Depth, int Rows, int Columns) shape, TomogramDualParameters parameters, double rotation)
    {
        (this.first, this.second, this.shape) = (first, second, shape);
        (firstSlope, secondSlope) = (Slope(parameters.FirstTilt), Slope(parameters.SecondTilt));
        var (sin, cos) = Math.SinCos(rotation * Math.PI / 180);
        turn = (cos, sin);
        half = (shape.Columns / 2) + 1;
    }

    /// <summary>Share of the frequencies that the first, the second, and either of them has measured.</summary>
    public (double First, double Second, double Both) Measured()
    {
        var (one, two, either, count) = (0.0, 0.0, 0.0, 0.0);
        for (var line = 0; line < shape.Depth * shape.Rows; line++)
        {
            for (var x = 0; x < half; x++)
            {
                var (a, b) = Shares(line, x);
                var twice = Twice(x);
                (one, two, either, count) = (one + (twice * a), two + (twice * b), either + (twice * Math.Max(a, b)), count + twice);
            }
        }

        return (one / count, two / count, either / count);
    }

    /// <summary>
    /// Shift of the second volume along the beam: where the sum of conj(F1) F2 exp(2 pi i kz s / depth) over what both have measured is largest, to a hundredth of a slice.
    /// </summary>
    public double ShiftZ()
    {
        var (re, im) = (new double[shape.Depth], new double[shape.Depth]);
        var a = first.Span;
        var b = second.Span;
        for (var line = 0; line < shape.Depth * shape.Rows; line++)
        {
            for (var x = 0; x < half; x++)
            {
                var (one, two) = Shares(line, x);
                var at = 2 * ((line * half) + x);
                var weight = Twice(x) * one * two;
                re[line / shape.Rows] += weight * ((a[at] * b[at]) + (a[at + 1] * b[at + 1]));
                im[line / shape.Rows] += weight * ((a[at] * b[at + 1]) - (a[at + 1] * b[at]));
            }
        }

        (re[0], im[0]) = (0, 0); // the same for every shift
        var best = 0.0;
        for (var step = 1.0; step > 0.005; step /= 2)
        {
            var reach = step == 1 ? shape.Depth / 2 : 1;
            best = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => best + (i * step)).MaxBy(Alike);
        }

        return best;

        double Alike(double shift)
        {
            var sum = 0.0;
            for (var z = 0; z < shape.Depth; z++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * Signed(z, shape.Depth) * shift / shape.Depth);
                sum += (re[z] * cos) - (im[z] * sin);
            }

            return sum;
        }
    }

    /// <summary>Moves the second volume by -<paramref name="shift"/> slices.</summary>
    public void Move(double shift)
    {
        var b = second.Span;
        for (var z = 0; z < shape.Depth; z++)
        {
            // The highest frequency of an even number of slices has no sign; half a slice would make it imaginary.
            var isHighest = 2 * z == shape.Depth;
            var (sin, cos) = Math.SinCos(2 * Math.PI * Signed(z, shape.Depth) * shift / shape.Depth);
            var (c, s) = ((float)cos, isHighest ? 0 : (float)sin);
            for (var at = 2 * z * shape.Rows * half; at < 2 * (z + 1) * shape.Rows * half; at += 2)
            {
                (b[at], b[at + 1]) = ((b[at] * c) - (b[at + 1] * s), (b[at] * s) + (b[at + 1] * c));
            }
        }
    }

    /// <summary>Correlation of both over shells of one frequency step of the shortest edge, where both have measured, and how many frequencies are in each shell.</summary>
    public (double[] Correlation, double[] Counts, double Scale) Compare()
    {
        var shells = (Math.Min(shape.Rows, shape.Columns) / 2) + 1;
        var (cross, one, two, counts) = (new double[shells], new double[shells], new double[shells], new double[shells]);
        var a = first.Span;
        var b = second.Span;
        for (var line = 0; line < shape.Depth * shape.Rows; line++)
        {
            for (var x = 0; x < half; x++)
            {
                var shares = Shares(line, x);
                var shell = (int)Math.Round(2 * (shells - 1) * Math.Sqrt(Square(line, x)));
                var weight = Twice(x) * shares.First * shares.Second;
                if (shell >= shells || weight == 0)
                {
                    continue;
                }

                var at = 2 * ((line * half) + x);
                cross[shell] += weight * ((a[at] * b[at]) + (a[at + 1] * b[at + 1]));
                one[shell] += weight * ((a[at] * a[at]) + (a[at + 1] * a[at + 1]));
                two[shell] += weight * ((b[at] * b[at]) + (b[at + 1] * b[at + 1]));
                counts[shell] += weight / 2; // F(-k) says the same
            }
        }

        double[] correlation = [.. cross.Select((value, i) => one[i] * two[i] > 0 ? value / Math.Sqrt(one[i] * two[i]) : double.NaN)];
        return (correlation, counts, Math.Sqrt(one.Skip(1).Sum() / Math.Max(two.Skip(1).Sum(), 1e-300)));
    }

    /// <summary>The weighted mean of both, left in the first: sum of w F over sum of w, the second times <paramref name="scale"/>.</summary>
    public void Join(float scale)
    {
        var a = first.Span;
        var b = second.Span;
        for (var line = 0; line < shape.Depth * shape.Rows; line++)
        {
            for (var x = 0; x < half; x++)
            {
                var (one, two) = Shares(line, x);
                var (p, q) = ((float)one + Unmeasured, (float)two + Unmeasured);
                var at = 2 * ((line * half) + x);
                a[at] = ((p * a[at]) + (q * scale * b[at])) / (p + q);
                a[at + 1] = ((p * a[at + 1]) + (q * scale * b[at + 1])) / (p + q);
            }
        }
    }

    private static double Slope(double tilt) => tilt >= 90 ? double.PositiveInfinity : Math.Tan(tilt * Math.PI / 180);

    private static int Signed(int k, int length) => 2 * k <= length ? k : k - length;

    private (double First, double Second) Shares(int line, int x)
    {
        var (kz, ky, kx) = ((double)Signed(line / shape.Rows, shape.Depth) / shape.Depth, (double)Signed(line % shape.Rows, shape.Rows) / shape.Rows, (double)x / shape.Columns);
        return (Share(kx, kz, firstSlope), Share((turn.Cos * kx) + (turn.Sin * ky), kz, secondSlope));
    }

    private double Share(double kx, double kz, double slope) =>
        double.IsInfinity(slope) || kz == 0 ? 1 : Math.Clamp((((slope * Math.Abs(kx)) - Math.Abs(kz)) * shape.Depth) + 0.5, 0, 1);

    private double Square(int line, int x)
    {
        var (kz, ky, kx) = ((double)Signed(line / shape.Rows, shape.Depth) / shape.Depth, (double)Signed(line % shape.Rows, shape.Rows) / shape.Rows, (double)x / shape.Columns);
        return (kz * kz) + (ky * ky) + (kx * kx);
    }

    private double Twice(int x) => x == 0 || 2 * x == shape.Columns ? 1 : 2;
}

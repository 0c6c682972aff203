using CryoHub.Imaging;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tests.Tomography;

/// <summary>A slab of soft blobs and dark beads seen under known poses, with noise: the truth of an alignment.</summary>
internal sealed class TiltSeriesPhantom
{
    public const int Size = 256;
    public const double BeadDiameter = 8;

    private readonly Random random;
    private readonly (double X, double Y, double Z, double Sigma, double Height)[] blobs;

    public TiltSeriesPhantom(int seed, int beads, int blobCount, double axis, double jitter, double[] degrees)
    {
        random = new Random(seed);
        Degrees = degrees;
        Beads = [.. Enumerable.Range(0, beads).Select(_ => (Spread(190), Spread(190), Spread(40)))];
        blobs = [.. Enumerable.Range(0, blobCount).Select(_ => (Spread(420), Spread(420), Spread(30), 2 + (3 * random.NextDouble()), 0.5 + random.NextDouble()))];
        var reference = Array.IndexOf(degrees, degrees.MinBy(Math.Abs));
        Poses = [.. degrees.Select((angle, view) => new ViewPose(angle, axis, 1, view == reference ? 0 : Spread(2 * jitter), view == reference ? 0 : Spread(2 * jitter)))];
    }

    public double[] Degrees { get; }

    public ViewPose[] Poses { get; }

    public (double X, double Y, double Z)[] Beads { get; }

    /// <summary>The series; a bead takes 6 of the ground's 20, a blob up to 1.5; noise is normal.</summary>
    public ArraySignal Series(double noise)
    {
        var pixels = new float[Poses.Length * Size * Size];
        for (var view = 0; view < Poses.Length; view++)
        {
            var image = pixels.AsSpan(view * Size * Size, Size * Size);
            foreach (ref var pixel in image)
            {
                pixel = (float)(20 + (noise * Normal()));
            }

            foreach (var (x, y, z, sigma, height) in blobs)
            {
                var at = Poses[view].Project(x, y, z);
                Add(image, at, 4 * sigma, (dx, dy) => -height * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * sigma * sigma)));
            }

            foreach (var (x, y, z) in Beads)
            {
                Add(image, Poses[view].Project(x, y, z), BeadDiameter, (dx, dy) => -6 * Math.Clamp((BeadDiameter / 2) + 0.5 - double.Hypot(dx, dy), 0, 1));
            }
        }

        return Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", Poses.Length, "deg", AxisRole.Tilt, Values: Degrees), Axis("y"), Axis("x"));
    }

    /// <summary>
    /// The largest and the root mean square error of shifts, in pixels, apart from where the specimen's origin lies: a choice that moves view t by
    /// a cos t + c sin t across the axis and by b along it.
    /// </summary>
    public (double Largest, double Rms) Errors(IReadOnlyList<double> shiftX, IReadOnlyList<double> shiftY)
    {
        var (across, along) = (new double[Poses.Length], new double[Poses.Length]);
        for (var view = 0; view < Poses.Length; view++)
        {
            (across[view], along[view]) = (Poses[view] with { ShiftX = 0, ShiftY = 0 }).Lift(shiftX[view] - Poses[view].ShiftX, shiftY[view] - Poses[view].ShiftY);
        }

        double[] cos = [.. Degrees.Select(angle => Math.Cos(angle * Math.PI / 180))], sin = [.. Degrees.Select(angle => Math.Sin(angle * Math.PI / 180))];
        var (cc, cs, ss) = (Dot(cos, cos), Dot(cos, sin), Dot(sin, sin));
        var (bc, bs) = (Dot(across, cos), Dot(across, sin));
        var determinant = (cc * ss) - (cs * cs);
        var (a, c, b) = (((bc * ss) - (bs * cs)) / determinant, ((bs * cc) - (bc * cs)) / determinant, along.Average());
        double[] errors = [.. Enumerable.Range(0, Poses.Length).Select(view => double.Hypot(across[view] - (a * cos[view]) - (c * sin[view]), along[view] - b))];
        return (errors.Max(), Math.Sqrt(errors.Average(error => error * error)));

        static double Dot(double[] one, double[] two) => one.Zip(two, (p, q) => p * q).Sum();
    }

    private static void Add(Span<float> image, (double X, double Y) place, double reach, Func<double, double, double> shape)
    {
        var (cx, cy) = (place.X + ((Size - 1) / 2.0), place.Y + ((Size - 1) / 2.0));
        for (var y = Math.Max(0, (int)(cy - reach)); y <= Math.Min(Size - 1, cy + reach); y++)
        {
            for (var x = Math.Max(0, (int)(cx - reach)); x <= Math.Min(Size - 1, cx + reach); x++)
            {
                image[(y * Size) + x] += (float)shape(x - cx, y - cy);
            }
        }
    }

    private static Axis Axis(string name) => new(name, Size, "nm", AxisRole.Space, 0.5);

    private double Spread(double width) => width * (random.NextDouble() - 0.5);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

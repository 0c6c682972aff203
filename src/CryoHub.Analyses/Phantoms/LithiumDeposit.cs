using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Phantoms;

/// <summary>
/// A porous lithium deposit in its shell of solid-electrolyte interphase, with oxide-lined pores and a few dense nodules: bodies with closed-form projections, so
/// that the truth is known everywhere. Scattering powers are atoms per volume times Z^1.7 (high-angle annular dark field): lithium 1, Li2O 6.4, a LiF nodule 9.
/// </summary>
public sealed class LithiumDeposit
{
    /// <summary>Scattering power of the Li2O shell against lithium metal.</summary>
    public const double ShellDensity = 6.4;

    private const double NoduleDensity = 9;
    private const double ShellThickness = 14;
    private const double LiningThickness = 4;

    private readonly int seed;

    /// <summary>The deposit of that seed, about 240 nm across and 300 nm long.</summary>
    public LithiumDeposit(int seed)
    {
        this.seed = seed;
        var noise = new Noise(seed);
        var (a, b, c) = (noise.Between(95, 110), noise.Between(120, 135), noise.Between(85, 100));
        var bodies = new List<Ellipsoid>
        {
            new(0, 0, 0, a + ShellThickness, b + ShellThickness, c + ShellThickness, ShellDensity),
            new(0, 0, 0, a, b, c, 1 - ShellDensity),
        };
        AddPores(noise, bodies, (a, b, c));
        for (var nodule = 0; nodule < 6; nodule++)
        {
            var (angle, height, radius) = (noise.Between(0, 2 * Math.PI), noise.Between(-0.7, 0.7), noise.Between(6, 12));
            var (ring, reach) = (Math.Sqrt(1 - (height * height)), ShellThickness + radius);
            bodies.Add(new((a + reach) * ring * Math.Cos(angle), (b + reach) * height, (c + reach) * ring * Math.Sin(angle), radius, radius, radius, NoduleDensity));
        }

        Bodies = bodies;
    }

    /// <summary>What the deposit is made of; densities add where bodies overlap.</summary>
    public IReadOnlyList<Ellipsoid> Bodies { get; }

    /// <summary>Pores: centre and radius of the void.</summary>
    public IReadOnlyList<Ellipsoid> Pores => [.. Bodies.Where(body => body.Density == -ShellDensity)];

    /// <summary>Scattering power at a point, in nm from the middle.</summary>
    public double DensityAt(double x, double y, double z) => Bodies.Where(body => body.Contains(x, y, z)).Sum(body => body.Density);

    /// <summary>
    /// A tilt series of the deposit, counts as 16-bit numbers with Poisson noise: the shadow of every view at the angle and place that
    /// <see cref="Numerics.Tomography.View"/> defines, plus the thin support film.
    /// </summary>
    /// <param name="angles">Tilt angles in degrees.</param>
    /// <param name="columns">Pixels across the tilt axis.</param>
    /// <param name="rows">Pixels along the tilt axis.</param>
    /// <param name="pixelNm">Pixel size.</param>
    /// <param name="countsPerNm">Counts a pixel gets from one nanometre of lithium: the dose.</param>
    public ISignal TiltSeries(IReadOnlyList<double> angles, int columns = 192, int rows = 160, double pixelNm = 2, double countsPerNm = 2)
    {
        const double Film = 8; // support film's counts-equivalent thickness of lithium, nm
        var noise = new Noise(seed + 1);
        var pixels = new ushort[angles.Count * rows * columns];
        for (var view = 0; view < angles.Count; view++)
        {
            var (sin, cos) = Math.SinCos(angles[view] * Math.PI / 180);
            for (var i = 0; i < rows * columns; i++)
            {
                var u = ((i % columns) - ((columns - 1) / 2.0)) * pixelNm;
                var y = ((i / columns) - ((rows - 1) / 2.0)) * pixelNm;
                var thickness = Film;
                foreach (var body in Bodies)
                {
                    thickness += body.Projection(u, y, cos, sin);
                }

                pixels[(view * rows * columns) + i] = (ushort)Math.Min(ushort.MaxValue, noise.Poisson(thickness * countsPerNm));
            }
        }

        var header = new SignalHeader(
            "Lithium deposit, tilt series (generated)",
            SignalKind.TiltSeries,
            PixelType.UInt16,
            [
                new Axis("tilt", angles.Count, "deg", AxisRole.Tilt, Values: angles),
                new Axis("y", rows, "nm", AxisRole.Space, pixelNm),
                new Axis("x", columns, "nm", AxisRole.Space, pixelNm),
            ],
            new AcquisitionMetadata { BeamEnergyKeV = 200, Detector = "HAADF", TiltAxisDeg = 0, Instrument = "CryoHub phantom" },
            MetadataTree.Empty);
        return new ArraySignal(header, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
    }

    /// <summary>Pores that neither touch each other nor the shell, each lined with oxide.</summary>
    private static void AddPores(Noise noise, List<Ellipsoid> bodies, (double A, double B, double C) core)
    {
        var pores = new List<Ellipsoid>();
        for (var attempt = 0; attempt < 2000 && pores.Count < 28; attempt++)
        {
            var radius = noise.Between(9, 22);
            var (x, y, z) = (noise.Between(-1, 1) * core.A, noise.Between(-1, 1) * core.B, noise.Between(-1, 1) * core.C);
            var room = radius + LiningThickness + 3;
            var inside = new Ellipsoid(0, 0, 0, core.A - room, core.B - room, core.C - room, 0).Contains(x, y, z);
            if (inside && pores.All(pore => double.Hypot(double.Hypot(pore.X - x, pore.Y - y), pore.Z - z) > pore.A + radius + (2 * LiningThickness)))
            {
                var lining = radius + LiningThickness;
                bodies.Add(new(x, y, z, lining, lining, lining, ShellDensity - 1));
                pores.Add(new(x, y, z, radius, radius, radius, -ShellDensity));
            }
        }

        bodies.AddRange(pores);
    }
}

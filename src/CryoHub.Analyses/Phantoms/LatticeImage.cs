using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Phantoms;

/// <summary>
/// A high-resolution image of a lithium crystal seen along [001] ((110) fringes of body-centred cubic lithium, d = 0.2482 nm, a = 0.351 nm), two Li2O crystallites
/// ((111) fringes, d = 0.2666 nm, a = 0.4619 nm) in its amorphous skin, and vacuum, with the counting noise of the given dose.
/// </summary>
public sealed class LatticeImage(int seed, int size = 512, double pixelNm = 0.02, double electronsPerPixel = 200)
{
    /// <summary>Spacing of lithium's (110) planes in nm.</summary>
    public static readonly double LithiumSpacing = 0.351 / Math.Sqrt(2);

    /// <summary>Spacing of the (111) planes of Li2O in nm.</summary>
    public static readonly double OxideSpacing = 0.4619 / Math.Sqrt(3);

    private const double Skin = 0.26; // thickness of the amorphous skin, part of the image

    private const double Tilt = 17; // direction of the first (110) reflection, degrees from x

    /// <summary>What the power spectrum should show: spacing in nm and direction in degrees, 0 to 180.</summary>
    public IReadOnlyList<(double Spacing, double Direction)> Reflections { get; } =
        [(LithiumSpacing, Tilt), (LithiumSpacing, Tilt + 90), (OxideSpacing, 62), (OxideSpacing, 141)];

    /// <summary>The image [y, x], 16-bit counts.</summary>
    public ISignal Image()
    {
        var noise = new Noise(seed);
        var skin = Amorphous(noise);
        var pixels = new ushort[size * size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = ((double)(i % size) / size, (double)(i / size) / size);
            var (nx, ny) = ((i % size) * pixelNm, (i / size) * pixelNm);
            var surface = 0.72 + (0.04 * Math.Sin(5 * y));
            var contrast = x < surface - Skin
                ? 0.12 * (Fringe(nx, ny, 0) + Fringe(nx, ny, 1)) + (0.03 * skin[i])
                : x < surface
                    ? (0.06 * skin[i]) + (0.3 * ((Grain(x, y, surface, 0.3) * Fringe(nx, ny, 2)) + (Grain(x, y, surface, 0.68) * Fringe(nx, ny, 3))))
                    : double.NaN;
            pixels[i] = (ushort)noise.Poisson(electronsPerPixel * (double.IsNaN(contrast) ? 1.1 : Math.Max(0, 1 + contrast)));
        }

        var header = new SignalHeader(
            "Lithium lattice and Li2O (generated)",
            SignalKind.Image,
            PixelType.UInt16,
            [new Axis("y", size, "nm", AxisRole.Space, pixelNm), new Axis("x", size, "nm", AxisRole.Space, pixelNm)],
            new AcquisitionMetadata { BeamEnergyKeV = 300, FluenceEPerA2 = electronsPerPixel / (100 * pixelNm * pixelNm), Instrument = "CryoHub phantom" },
            MetadataTree.Empty);
        return new ArraySignal(header, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
    }

    private double Fringe(double x, double y, int reflection)
    {
        var (spacing, direction) = Reflections[reflection];
        var (sin, cos) = Math.SinCos(direction * Math.PI / 180);
        return Math.Cos(2 * Math.PI * ((x * cos) - (y * sin)) / spacing); // rows count downwards
    }

    /// <summary>1 inside a round crystallite in the middle of the skin.</summary>
    private static double Grain(double x, double y, double surface, double height) => double.Hypot(x - surface + (Skin / 2), y - height) < 0.95 * Skin / 2 ? 1 : 0;

    /// <summary>Noise of unit variance with a grain of about 0.3 nm, as amorphous material shows it.</summary>
    private float[] Amorphous(Noise noise)
    {
        var field = new float[size * size];
        foreach (ref var value in field.AsSpan())
        {
            value = (float)noise.Normal();
        }

        var reach = Math.Max(1, (int)Math.Round(0.1 / pixelNm));
        var smooth = Smooth(Smooth(field, reach, 1), reach, size);
        var scale = 1 / (float)Math.Sqrt(smooth.Average(value => (double)value * value));
        return [.. smooth.Select(value => value * scale)];
    }

    private static float[] Smooth(float[] field, int reach, int stride)
    {
        var smooth = new float[field.Length];
        for (var i = 0; i < field.Length; i++)
        {
            for (var step = -reach; step <= reach; step++)
            {
                smooth[i] += field[(i + (step * stride) + field.Length) % field.Length];
            }
        }

        return smooth;
    }
}

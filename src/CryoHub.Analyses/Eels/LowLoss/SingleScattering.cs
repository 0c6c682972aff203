using System.Runtime.InteropServices;
using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>Single scattering of one spectrum at whole multiples of a channel's width above 0 eV, in counts a channel, and the counts of its zero loss (NaN where it was removed before).</summary>
internal sealed record SingleScattering(double[] Counts, double Step, double ZeroLoss)
{
    /// <summary>
    /// From a sum with its zero loss at index <paramref name="zero"/>, by the Fourier-log method. Below <paramref name="threshold"/>, where the zero loss was, a straight line from nothing.
    /// </summary>
    public static SingleScattering FromPlural(double[] total, int zero, int channels, double step, double threshold)
    {
        var before = Math.Min(zero, channels / 4);
        float[] spectrum = [.. total.Skip(zero - before).Take(channels).Select(count => (float)count)];
        var header = new SignalHeader("sum", SignalKind.Spectrum, PixelType.Float32, [new Axis("energy", spectrum.Length, "eV", AxisRole.Energy, step, -before * step)], AcquisitionMetadata.None, MetadataTree.Empty);
        var cube = new SpectrumCube("Single scattering", new ArraySignal(header, MemoryMarshal.AsBytes(spectrum.AsSpan()).ToArray()));
        var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
        map.Row(0, spectrum);
        var source = new ZeroLossSource(cube, map, threshold, null);
        var single = new float[spectrum.Length];
        new FourierLogRows(cube, source, null, relative: false).Row(0, spectrum, [], single);
        var counts = FromZero(single, cube.Scale.Lowest - map.Position[0], step);
        var ramp = Math.Min(counts.Length - 1, (int)Math.Ceiling(threshold / step));
        for (var i = 0; i < ramp; i++)
        {
            counts[i] = counts[ramp] * (i + 1) / (ramp + 1);
        }

        return new SingleScattering(counts, step, source.Fill(0, spectrum, [], new float[spectrum.Length]));
    }

    /// <summary>From spectra that are single scattering already.</summary>
    public static SingleScattering FromSingle(float[] spectrum, double lowest, double step) => new(FromZero(spectrum, lowest, step), step, double.NaN);

    /// <summary>Values at step, 2 step ... by cubic interpolation; what has no value is nothing.</summary>
    private static double[] FromZero(float[] spectrum, double lowest, double step)
    {
        var first = (step - lowest) / step;
        var whole = (int)Math.Floor(first);
        var shifted = new float[spectrum.Length];
        SubChannelShift.Cubic(spectrum, first - whole < 1e-4 || first - whole > 1 - 1e-4 ? Math.Round(first - whole) : first - whole, shifted);
        return whole >= 0 && whole < shifted.Length - 8
            ? [.. shifted.Skip(whole).Select(count => float.IsFinite(count) ? (double)count : 0)]
            : throw ProblemException.Invalid(FormattableString.Invariant($"Single scattering is needed from 0 eV on; the spectrum begins at {lowest:0.###} eV and ends at {lowest + (step * (spectrum.Length - 1)):0.###} eV."));
    }
}

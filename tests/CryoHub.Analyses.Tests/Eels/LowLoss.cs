using CryoHub.Analyses.Phantoms;

namespace CryoHub.Analyses.Tests.Eels;

/// <summary>
/// Low-loss spectra whose truth is known: a Drude plasmon, plural scattering as the Poisson series of its convolutions with itself, a Gaussian zero loss, all summed
/// channel by channel in double precision without a Fourier transform.
/// </summary>
internal sealed class LowLoss
{
    public LowLoss(int channels, double step, double origin, double tOverLambda, double plasmon = 15, double width = 4, double fwhm = 0.9, double zeroLoss = 1e6)
    {
        (Channels, Step, Origin, Fwhm, ZeroLoss) = (channels, step, origin, fwhm, zeroLoss);
        var single = Enumerable.Range(0, channels).Select(i => Drude(i * step, plasmon, width)).ToArray();
        var norm = tOverLambda / single.Sum();
        Single = [.. single.Select(value => value * norm)];   // one scattering, relative to the zero loss, from 0 eV on
        var total = new double[channels];
        var order = Single;
        for (var n = 1; n <= 12; n++)
        {
            for (var i = 0; i < channels; i++)
            {
                total[i] += order[i];
            }

            order = Convolve(order, Single, 1.0 / (n + 1));
        }

        Losses = total;
    }

    public int Channels { get; }

    public double Step { get; }

    public double Origin { get; }

    public double Fwhm { get; }

    /// <summary>Counts of the zero loss.</summary>
    public double ZeroLoss { get; }

    /// <summary>Single scattering a channel, from 0 eV, relative to the zero loss.</summary>
    public double[] Single { get; }

    /// <summary>All scattering a channel, from 0 eV, relative to the zero loss.</summary>
    public double[] Losses { get; }

    /// <summary>Im(-1/eps) of free electrons: E G Ep^2 / ((E^2 - Ep^2)^2 + (E G)^2) (Egerton 2011, eq. 3.43).</summary>
    public static double Drude(double energy, double plasmon, double width) =>
        energy * width * plasmon * plasmon / (Math.Pow((energy * energy) - (plasmon * plasmon), 2) + Math.Pow(energy * width, 2));

    /// <summary>Counts expected in every channel, with the zero loss at <paramref name="shift"/> eV.</summary>
    public double[] Expected(double shift = 0) => Blur(Losses, shift, withZeroLoss: true);

    /// <summary>Counts of single scattering behind the same spectrometer, without a zero loss.</summary>
    public double[] ExpectedSingle() => Blur(Single, 0, withZeroLoss: false);

    /// <summary>A Poisson draw of <see cref="Expected"/>.</summary>
    public static float[] Draw(double[] expected, int seed)
    {
        var noise = new Noise(seed);
        return [.. expected.Select(mean => (float)noise.Poisson(mean))];
    }

    private double[] Blur(double[] losses, double shift, bool withZeroLoss)
    {
        var sigma = Fwhm / (2 * Math.Sqrt(2 * Math.Log(2)));
        var reach = (int)Math.Ceiling(8 * sigma / Step) + 2;
        var counts = new double[Channels];
        for (var i = 0; i < Channels; i++)
        {
            var energy = Origin + (i * Step) - shift;
            counts[i] = withZeroLoss ? ZeroLoss * Peak(energy, sigma) : 0;
            var middle = (int)Math.Round(energy / Step);
            for (var j = Math.Max(0, middle - reach); j <= Math.Min(Channels - 1, middle + reach); j++)
            {
                counts[i] += ZeroLoss * losses[j] * Peak(energy - (j * Step), sigma);
            }
        }

        return counts;
    }

    private double Peak(double energy, double sigma) => Step * Math.Exp(-energy * energy / (2 * sigma * sigma)) / (sigma * Math.Sqrt(2 * Math.PI));

    private static double[] Convolve(double[] a, double[] b, double factor)
    {
        var result = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[i] += a[j] * b[i - j] * factor;
            }
        }

        return result;
    }
}

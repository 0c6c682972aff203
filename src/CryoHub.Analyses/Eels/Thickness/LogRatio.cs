using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>t / lambda = ln(It / I0) of every pixel, It all counts and I0 the unscattered ones (Egerton 2011, eq. 5.1).</summary>
internal sealed class LogRatio(SpectrumCube cube, ZeroLossMap map, EelsThicknessParameters parameters, double threshold)
{
    /// <summary>
    /// What mirroring adds to the relative variance, in 1/I0: half a Gaussian of N counts, cut at its fitted centre c and doubled, has 4 (N/2 + N^2 f^2 var c + 2 N f cov) with f its
    /// height at the centre and the fit's window 1.77 sigma to both sides: 1.41 N instead of N.
    /// </summary>
    private const double MirrorVariance = 0.41;

    public float[] Relative { get; } = NoValues(cube.Pixels);

    public float[] RelativeError { get; } = NoValues(cube.Pixels);

    public float[] Elastic { get; } = NoValues(cube.Pixels);

    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
            var all = WindowSums.Of(spectrum);
            var zero = float.IsFinite(map.Position[pixel]) ? Unscattered(spectrum, map.Position[pixel]) : double.NaN;
            if (zero > 0 && all >= zero)
            {
                Elastic[pixel] = (float)zero;
                Relative[pixel] = (float)Math.Log(all / zero);

                // The scattered electrons are independent of the others: var = 1/I0 - 1/It.
                RelativeError[pixel] = (float)Math.Sqrt(Math.Max(0, (1 / zero) - (1 / all)) + (parameters.Elastic == ElasticEstimate.Mirror ? MirrorVariance / zero : 0));
            }
        }
    }

    private double Unscattered(ReadOnlySpan<float> spectrum, double position)
    {
        if (parameters.Elastic == ElasticEstimate.Mirror)
        {
            return 2 * Below(spectrum, position);
        }

        return parameters.FollowPeak ? Below(spectrum, position + threshold) : WindowSums.Of(spectrum[..Math.Clamp((int)Math.Ceiling(((threshold - cube.Scale.Lowest) / cube.Step) - 1e-9), 0, cube.Channels)]);
    }

    /// <summary>Counts below an energy; of the channel that it lies in the part below, the counts inside following the parabola through its neighbours.</summary>
    private double Below(ReadOnlySpan<float> spectrum, double energy)
    {
        var edge = Math.Clamp(((energy - cube.Scale.Lowest) / cube.Step) + 0.5, 0, cube.Channels);
        var whole = (int)Math.Floor(edge);
        if (whole == 0 || whole >= cube.Channels - 1)
        {
            return WindowSums.Of(spectrum[..whole]) + (whole < cube.Channels ? (edge - whole) * spectrum[whole] : 0);
        }

        var (before, here, after) = ((double)spectrum[whole - 1], (double)spectrum[whole], (double)spectrum[whole + 1]);
        var (part, v, slope, bend) = (edge - whole, edge - whole - 0.5, (after - before) / 2, after - (2 * here) + before);
        return WindowSums.Of(spectrum[..whole]) + (part * here) + (slope * ((part * part) - part) / 2) + (bend / 2 * ((v * v * v / 3) - (v / 12)));
    }

    private static float[] NoValues(int pixels) => [.. Enumerable.Repeat(float.NaN, pixels)];
}

using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>The summed spectrum with every pixel's zero loss at one channel, and where the unscattered electrons end in it.</summary>
internal sealed class ZeroLossEnd(SpectrumCube cube, ZeroLossMap map)
{
    private readonly double[][] rows = new double[cube.Rows][];

    /// <summary>Adds a row of spectra whose peaks <see cref="ZeroLossMap.Row"/> has found.</summary>
    public void Add(int row, ReadOnlySpan<float> spectra)
    {
        rows[row] = new double[2 * cube.Channels];
        for (var x = 0; x < cube.Columns; x++)
        {
            var position = map.Position[(row * cube.Columns) + x];
            if (float.IsFinite(position))
            {
                var shift = cube.Channels - (int)Math.Round((position - cube.Scale.Lowest) / cube.Step);
                for (var c = 0; c < cube.Channels; c++)
                {
                    var count = spectra[(x * cube.Channels) + c];
                    rows[row][c + shift] += float.IsFinite(count) ? count : 0;
                }
            }
        }
    }

    /// <summary>
    /// Energy of the lowest point between the zero loss and what follows, in eV above the peak: the first place where the sum, smoothed over half the peak's width, stops falling.
    /// </summary>
    /// <exception cref="ProblemException">It falls all the way.</exception>
    public double Find()
    {
        var total = new double[2 * cube.Channels];
        foreach (var row in rows)
        {
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += row[i];
            }
        }

        float[] widths = [.. map.Width.Where(float.IsFinite).Order()];
        var width = widths[widths.Length / 2] / cube.Step;
        var half = Math.Max(1, (int)Math.Round(width / 4));
        var end = Array.FindLastIndex(total, count => count > 0) - half;
        double Smooth(int at) => total.AsSpan(at - half, (2 * half) + 1).ToArray().Sum();
        for (var at = cube.Channels + (int)Math.Ceiling(width); at + (2 * half) < end; at++)
        {
            if (Smooth(at + half) > Smooth(at))   // over some channels, so that noise alone is no minimum
            {
                var lowest = Enumerable.Range(at, (2 * half) + 1).MinBy(Smooth);
                return (lowest - cube.Channels) * cube.Step;
            }
        }

        throw ProblemException.Invalid("The spectrum falls all the way from the zero loss to its end: there is no lowest point between the zero loss and a first loss. Give the end of the zero loss with the parameter \"threshold\".");
    }
}

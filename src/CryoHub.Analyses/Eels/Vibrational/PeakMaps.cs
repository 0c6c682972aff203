using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>Counts of every peak in every pixel: energies and widths as found in the region, tail and heights fitted anew.</summary>
internal sealed class PeakMaps(SpectrumCube cube, float[] positions, double[] energies, double[] offset, int order, IReadOnlyList<VibrationalPeak> peaks)
{
    private readonly TailAndPeaks fit = new(energies, offset, order);

    public float[][] Counts { get; } = [.. peaks.Select(_ => Enumerable.Repeat(float.NaN, cube.Pixels).ToArray())];

    public float[][] Errors { get; } = [.. peaks.Select(_ => Enumerable.Repeat(float.NaN, cube.Pixels).ToArray())];

    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var first = (int)Math.Round((positions[pixel] + energies[0] - cube.Scale.Lowest) / cube.Step);
            if (!float.IsFinite(positions[pixel]) || first < 0 || first + energies.Length > cube.Channels)
            {
                continue;
            }

            var counts = spectra.Slice((x * cube.Channels) + first, energies.Length);
            double[] parameters = [.. fit.Start(counts), .. peaks.SelectMany(peak => new[] { peak.Energy, 0, peak.Width })];
            var errors = new double[parameters.Length];
            if (WindowSums.Of(counts) > 0 && double.IsFinite(fit.Fit(counts, [], parameters, shapes: false, errors)))
            {
                for (var p = 0; p < peaks.Count; p++)
                {
                    var area = (peaks[p] with { Height = 1 }).Area(cube.Step);
                    Counts[p][pixel] = (float)(parameters[fit.TailCount + (3 * p) + 1] * area);
                    Errors[p][pixel] = (float)(errors[fit.TailCount + (3 * p) + 1] * area);
                }
            }
        }
    }
}

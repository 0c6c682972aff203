using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>Net counts of every family in every pixel with their variances; NaN in pixels without a single count.</summary>
/// <param name="Counts">[part][pixel].</param>
/// <param name="Variances">[part][pixel].</param>
/// <param name="Totals">All counts of a pixel's box in the fitted range.</param>
internal sealed record FamilyMaps(float[][] Counts, float[][] Variances, float[] Totals)
{
    /// <summary>Reads the spectra once more and applies the filter of a fit.</summary>
    public static async Task<FamilyMaps> ReadAsync(EdxInput input, SpectrumFit fit, int box, RunShare share, CancellationToken ct)
    {
        var (cube, data, parts) = (input.Cube, input.Model.Data, fit.Parts.Count);
        var filter = FamilyFilter.Weights(fit);
        float[][] counts = [.. fit.Parts.Select(_ => new float[cube.Pixels])];
        float[][] variances = [.. fit.Parts.Select(_ => new float[cube.Pixels])];
        var totals = new float[cube.Pixels];
        await cube.ReadAsync(input.Run, share, (row, spectra) =>
        {
            Span<double> sums = stackalloc double[parts];
            Span<double> squares = stackalloc double[parts];
            for (var x = 0; x < cube.Columns; x++)
            {
                var spectrum = spectra.Slice((x * cube.Channels) + data.First, data.Count);
                ChannelFilter.Apply(spectrum, filter, sums, squares);
                var pixel = (row * cube.Columns) + x;
                foreach (var count in spectrum)
                {
                    totals[pixel] += count;
                }

                for (var p = 0; p < parts; p++)
                {
                    (counts[p][pixel], variances[p][pixel]) = ((float)sums[p], (float)squares[p]);
                }
            }
        }, ct);

        var maps = new FamilyMaps(
            [.. counts.Select(map => Boxes(map, cube.Rows, cube.Columns, box))], [.. variances.Select(map => Boxes(map, cube.Rows, cube.Columns, box))], Boxes(totals, cube.Rows, cube.Columns, box));
        maps.EmptyIsNothing();
        return maps;
    }

    /// <summary>One sigma of a part's counts in each pixel.</summary>
    public float[] Errors(int part) => [.. Variances[part].Select(MathF.Sqrt)];

    private void EmptyIsNothing()
    {
        for (var pixel = 0; pixel < Totals.Length; pixel++)
        {
            for (var p = 0; p < Counts.Length && !(Totals[pixel] > 0); p++)
            {
                Counts[p][pixel] = Variances[p][pixel] = float.NaN;
            }
        }
    }

    /// <summary>Sums over squares around each pixel; squares that reach over the border are scaled up to their full size.</summary>
    private static float[] Boxes(float[] map, int rows, int columns, int box)
    {
        if (box == 1)
        {
            return map;
        }

        var across = Lines(map, rows, columns, 1, columns, box);
        return Lines(across, columns, rows, columns, 1, box);
    }

    private static float[] Lines(float[] map, int lines, int length, int step, int lineStep, int box)
    {
        var result = new float[map.Length];
        var (before, after) = ((box - 1) / 2, box / 2);
        for (var line = 0; line < lines; line++)
        {
            var sums = new double[length + 1];
            for (var i = 0; i < length; i++)
            {
                sums[i + 1] = sums[i] + map[(line * lineStep) + (i * step)];
            }

            for (var i = 0; i < length; i++)
            {
                var (from, to) = (Math.Max(0, i - before), Math.Min(length, i + after + 1));
                result[(line * lineStep) + (i * step)] = (float)((sums[to] - sums[from]) * box / (to - from));
            }
        }

        return result;
    }
}

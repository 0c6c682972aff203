using CryoHub.Imaging;
using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>What all spectra have in common, and each spectrum as what it has beside it; found in one pass over the cube.</summary>
internal sealed class CommonShape
{
    private readonly SpectrumCube cube;
    private readonly float[] inverse;
    private readonly bool counting;

    private CommonShape(SpectrumCube cube, ChannelRange range, DecomposeWeights weights, double[] totals, double[] channels)
    {
        (this.cube, Range) = (cube, range);
        Used = totals.Count(double.IsFinite);
        Counts = totals.Where(double.IsFinite).Sum();
        counting = weights == DecomposeWeights.Counting;
        Amount = [.. totals.Select(total => !double.IsFinite(total) ? float.NaN : counting ? (float)total : 1)];
        Mean = [.. channels.Select(sum => (float)(sum / (counting ? Counts : Used)))];
        inverse = [.. Mean.Select(mean => !counting ? 1 : mean > 0 ? 1 / MathF.Sqrt(mean) : 0)];
        Scale = [.. Mean.Select(mean => counting ? MathF.Sqrt(mean) : 1)];
        Common = counting ? Counts : Used * Mean.Sum(mean => (double)mean * mean);
    }

    /// <summary>The channels looked at.</summary>
    public ChannelRange Range { get; }

    public int Channels => Range.Count;

    /// <summary>Of each pixel the counts (or one); NaN where it is left out.</summary>
    public float[] Amount { get; }

    /// <summary>Of each channel the share of the counts (or the mean).</summary>
    public float[] Mean { get; }

    /// <summary>Of each channel the unit of its residuals.</summary>
    public float[] Scale { get; }

    /// <summary>What all have in common, in the units of the residuals.</summary>
    public ReadOnlySpan<float> Base => counting ? Scale : Mean;

    /// <summary>Pixels that are looked at.</summary>
    public int Used { get; }

    /// <summary>Counts of all of them.</summary>
    public double Counts { get; }

    /// <summary>Sum of squares of what all have in common, in units of the residuals.</summary>
    public double Common { get; }

    /// <exception cref="ProblemException">There are negative counts where counts are needed, or fewer than three spectra or channels with values.</exception>
    public static async Task<CommonShape> MeasureAsync(AnalysisRun run, SpectrumCube cube, ChannelRange range, DecomposeWeights weights, RunShare share, CancellationToken ct)
    {
        var totals = new double[cube.Pixels];
        var rows = new RowSums[cube.Rows];
        await cube.ReadAsync(run, share, (row, spectra) => rows[row] = new RowSums(cube, range, weights, spectra, totals.AsSpan(row * cube.Columns, cube.Columns)), ct);
        var channels = new double[range.Count];
        foreach (var row in rows)
        {
            row.AddTo(channels);
        }

        Refuse(cube, rows, weights);
        var shape = new CommonShape(cube, range, weights, totals, channels);
        if (shape.Used < 3 || range.Count < 3)
        {
            throw ProblemException.Invalid($"Components need at least 3 spectra with values and 3 channels; there are {shape.Used} and {range.Count}.");
        }

        Warn(run.Results, cube, rows, shape);
        return shape;
    }

    /// <summary>The channels looked at, of one pixel in a row that was read.</summary>
    public Span<float> Of(Span<float> spectra, int x) => spectra.Slice((x * cube.Channels) + Range.First, Range.Count);

    /// <summary>eV of the channels looked at.</summary>
    public double[] Energies() => [.. Enumerable.Range(Range.First, Range.Count).Select(channel => cube.Scale.At(channel))];

    public void Residual(ReadOnlySpan<float> spectrum, int pixel, Span<float> residual) => SpectrumResidual.Of(spectrum, Mean, inverse, Amount[pixel], residual);

    private static void Refuse(SpectrumCube cube, RowSums[] rows, DecomposeWeights weights)
    {
        var negative = rows.Sum(row => row.Negative);
        if (weights == DecomposeWeights.Counting && negative > 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"{negative} values of \"{cube.Header.Name}\" are negative, the lowest {rows.Min(row => row.Lowest):0.###}: counting statistics need counts. Take the spectra before a background was subtracted, or choose equal weights."));
        }
    }

    private static void Warn(IResultSink results, SpectrumCube cube, RowSums[] rows, CommonShape shape)
    {
        var missing = rows.Sum(row => row.Missing);
        if (missing > 0)
        {
            var first = Array.FindIndex(rows, row => row.Missing > 0);
            results.Warn($"{missing} of {cube.Pixels} pixels are left out, as channels of them have no value, the first at x {rows[first].FirstMissing}, y {first}.");
        }

        var empty = cube.Pixels - shape.Used - missing;
        if (empty > 0)
        {
            results.Warn($"{empty} of {cube.Pixels} pixels are left out, as they have no counts in the energies looked at.");
        }
    }
}

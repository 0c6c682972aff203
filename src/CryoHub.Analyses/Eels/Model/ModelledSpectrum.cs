using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>The fitted model of one spectrum over all its channels, and what follows from it with uncertainty. One for each thread.</summary>
internal sealed class ModelledSpectrum(ModelPlan plan, SpectrumModel model)
{
    private const double LeastSigmas = 2;   // of a white line, below which it has no ratio

    private readonly int channels = plan.Scale.Channels;
    private readonly double[] columns = new double[plan.Edges.Length * plan.Scale.Channels];
    private readonly double[] background = new double[plan.Scale.Channels];
    private readonly double[] net = new double[plan.Scale.Channels];
    private readonly double[] below = new double[plan.Scale.Channels];

    public SpectrumModel Model => model;

    /// <summary>Columns of the edges, [edge, channel].</summary>
    public ReadOnlySpan<double> Columns => columns;

    public ReadOnlySpan<double> Background => background;

    /// <summary>Counts above background and all other edges, after <see cref="Above"/>.</summary>
    public ReadOnlySpan<double> Net => net;

    public ReadOnlySpan<double> Below => below;

    public void SetEdges(ReadOnlySpan<double> edges)
    {
        edges.CopyTo(columns);
        model.SetEdges(columns, channels);
    }

    public double Fit(ReadOnlySpan<float> spectrum)
    {
        var misfit = model.Fit(spectrum);
        for (var channel = 0; channel < channels && !double.IsNaN(misfit); channel++)
        {
            var energy = plan.Scale.At(channel);
            background[channel] = energy > 0 ? model.BackgroundAt(energy) : 0;
        }

        return misfit;
    }

    public double Amount(int edge) => model.Solution[edge + 2];

    public double Covariance(int edge, int other) => model.Covariance[((edge + 2) * model.Columns) + other + 2];

    /// <summary>Fills <see cref="Net"/> and <see cref="Below"/>; an edge of -1 takes all edges off.</summary>
    public void Above(ReadOnlySpan<float> spectrum, int edge)
    {
        background.CopyTo(below.AsSpan());
        for (var e = 0; e < plan.Edges.Length; e++)
        {
            for (var channel = 0; channel < channels && e != edge; channel++)
            {
                below[channel] += Amount(e) * columns[(e * channels) + channel];
            }
        }

        for (var channel = 0; channel < channels; channel++)
        {
            net[channel] = spectrum[channel] - below[channel];
        }
    }

    /// <summary>Fraction of the atoms with one sigma; the amounts' covariance counts. NaN where the sum is not above its uncertainty.</summary>
    public (double Fraction, double Error) Fraction(int edge, ReadOnlySpan<double> scales)
    {
        var (sum, variance) = (0.0, 0.0);
        for (var i = 0; i < scales.Length; i++)
        {
            sum += scales[i] * Amount(i);
            for (var j = 0; j < scales.Length; j++)
            {
                variance += scales[i] * scales[j] * Covariance(i, j);
            }
        }

        if (!(sum > Math.Sqrt(variance)))
        {
            return (double.NaN, double.NaN);
        }

        var fraction = scales[edge] * Amount(edge) / sum;
        var spread = 0.0;
        for (var i = 0; i < scales.Length; i++)
        {
            for (var j = 0; j < scales.Length; j++)
            {
                spread += scales[i] * scales[j] * ((i == edge ? 1 : 0) - fraction) * ((j == edge ? 1 : 0) - fraction) * Covariance(i, j);
            }
        }

        return (fraction, Math.Sqrt(Math.Max(0, spread)) / sum);
    }

    /// <summary>Counts of the first white line over those of the second, above the continuum; NaN where one is not there.</summary>
    public (double Ratio, double Error) Lines(ReadOnlySpan<float> spectrum, (int First, int Second, int End) lines)
    {
        Above(spectrum, -1);
        var (one, oneCounts) = Sums(spectrum, lines.First, lines.Second);
        var (two, twoCounts) = Sums(spectrum, lines.Second, lines.End);
        var (s, t) = (Shapes(lines.First, lines.Second), Shapes(lines.Second, lines.End));
        var (v1, v2, common) = (oneCounts + Form(s, s), twoCounts + Form(t, t), Form(s, t));
        return one > LeastSigmas * Math.Sqrt(v1) && two > LeastSigmas * Math.Sqrt(v2)
            ? (one / two, one / two * Math.Sqrt(Math.Max(0, (v1 / (one * one)) + (v2 / (two * two)) - (2 * common / (one * two)))))
            : (double.NaN, double.NaN);
    }

    private (double Net, double Counts) Sums(ReadOnlySpan<float> spectrum, int from, int to)
    {
        var (sum, counts) = (0.0, 0.0);
        for (var channel = from; channel < to; channel++)
        {
            (sum, counts) = (sum + net[channel], counts + Math.Max(spectrum[channel], 0));
        }

        return (sum, counts);
    }

    /// <summary>What a unit of each unknown adds between two channels.</summary>
    private double[] Shapes(int from, int to)
    {
        var shapes = new double[model.Columns];
        for (var channel = from; channel < to; channel++)
        {
            var x = Math.Log(plan.Scale.At(channel) / model.Middle);
            var flat = Math.Exp(-model.Exponent * x);
            shapes[0] += flat;
            shapes[1] += flat * x;
            for (var e = 0; e < plan.Edges.Length; e++)
            {
                shapes[e + 2] += columns[(e * channels) + channel];
            }
        }

        return shapes;
    }

    private double Form(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
            {
                sum += left[i] * right[j] * model.Covariance[(i * model.Columns) + j];
            }
        }

        return sum;
    }
}

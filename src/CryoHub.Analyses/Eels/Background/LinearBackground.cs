using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>A sum of fixed functions with fitted factors: a polynomial, or two power laws whose factors are not negative.</summary>
internal sealed class LinearBackground : EdgeBackground
{
    private readonly float[][] functions;
    private readonly float[][] fitFunctions;
    private readonly LinearFit fit;
    private readonly LinearFit[] alone;
    private readonly double[] signal;
    private readonly double[] fitSums;

    /// <param name="edge">The channels.</param>
    /// <param name="functions">[function][channel] over the whole spectrum.</param>
    /// <param name="weights">One a fitted channel; empty for equal ones.</param>
    /// <param name="notNegative">Whether a factor below zero is left out (two functions).</param>
    public LinearBackground(EdgeChannels edge, double[][] functions, double[] weights, bool notNegative)
        : base(edge)
    {
        this.functions = [.. functions.Select(function => function.Select(value => (float)value).ToArray())];
        double[][] fitted = [.. functions.Select(function => edge.FitChannels.Select(channel => function[channel]).ToArray())];
        fitFunctions = [.. fitted.Select(function => function.Select(value => (float)value).ToArray())];
        fit = new LinearFit(fitted, weights);
        alone = notNegative ? [.. fitted.Select(function => new LinearFit([function], weights))] : [];
        signal = [.. functions.Select(function => function.AsSpan(edge.Signal.First, edge.Signal.Count).ToArray().Sum())];
        fitSums = [.. fitted.Select(function => function.Sum())];
    }

    public override int Unknowns => fit.Count;

    public override int Statistics => fit.Count;

    public override (string Name, string Unit) ShapeName => alone.Length > 0 ? ("share of the second power law", "") : ("", "");

    public override void Summarise(ReadOnlySpan<float> fitted, Span<double> statistics) => fit.Solve(fitted, statistics);

    public override (double Background, double Variance, double Shape, double Misfit) Fit(ReadOnlySpan<float> fitted, ReadOnlySpan<double> shared, Span<double> unknowns)
    {
        if (shared.IsEmpty)
        {
            fit.Solve(fitted, unknowns);
        }
        else
        {
            shared.CopyTo(unknowns);
        }

        var only = NotNegative(fitted, shared, unknowns);
        if (!shared.IsEmpty)
        {
            var scale = WindowSums.Of(fitted) / Sum(fitSums, unknowns);
            for (var k = 0; k < unknowns.Length; k++)
            {
                unknowns[k] *= scale;
            }
        }

        var (background, variance, squares) = (Sum(signal, unknowns), 0.0, 0.0);
        for (var i = 0; i < fitted.Length; i++)
        {
            var (model, influence) = (0.0, 0.0);
            for (var k = 0; k < unknowns.Length; k++)
            {
                model += unknowns[k] * fitFunctions[k][i];
                influence += only < 0 ? signal[k] * fit.Row(k)[i] : k == only ? signal[k] * alone[k].Row(0)[i] : 0;
            }

            variance += influence * influence * Math.Max(model, 0);
            squares += (fitted[i] - model) * (fitted[i] - model) / Math.Max(model, 1);
        }

        var height = alone.Length > 0 ? unknowns[0] + unknowns[1] : 1;
        return (background, variance, alone.Length > 0 ? unknowns[1] / height : double.NaN, squares / (fitted.Length - unknowns.Length));
    }

    public override void Subtract(ReadOnlySpan<float> counts, int first, ReadOnlySpan<double> unknowns, Span<float> net)
    {
        counts.CopyTo(net);
        for (var k = 0; k < unknowns.Length; k++)
        {
            var (factor, function) = ((float)unknowns[k], functions[k]);
            for (var i = 0; i < net.Length; i++)
            {
                net[i] -= factor * function[first + i];
            }
        }
    }

    /// <summary>Leaves out the function whose factor is below zero; gives back the one that stays, -1 where both do.</summary>
    private int NotNegative(ReadOnlySpan<float> fitted, ReadOnlySpan<double> shared, Span<double> unknowns)
    {
        if (alone.Length == 0 || !(Math.Min(unknowns[0], unknowns[1]) < 0))
        {
            return -1;
        }

        var stays = unknowns[0] < unknowns[1] ? 1 : 0;
        unknowns[1 - stays] = 0;
        if (shared.IsEmpty)
        {
            alone[stays].Solve(fitted, unknowns.Slice(stays, 1));
        }

        return stays;
    }

    private static double Sum(double[] sums, ReadOnlySpan<double> factors)
    {
        var sum = 0.0;
        for (var k = 0; k < factors.Length; k++)
        {
            sum += sums[k] * factors[k];
        }

        return sum;
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>
/// What one atom per nm^2 of each element adds to every channel: its cross section, convolved with the low loss (counts from before the zero loss on). Without a low loss the
/// cross section alone, in barn.
/// </summary>
internal sealed class EdgeColumns
{
    private const double BarnInNm2 = 1e-10;

    private readonly int channels;
    private readonly int reach;            // channels by which the low loss moves counts up
    private readonly int below;            // and down, before the zero loss
    private readonly double[][] barns;     // [edge][channel + reach]: from that many channels below the spectrum to below channels above it

    public EdgeColumns(ModelPlan plan, SpectrumCube? lowLoss)
    {
        channels = plan.Scale.Channels;
        var step = plan.Scale.At(1) - plan.Scale.At(0);
        if (lowLoss is not null)
        {
            below = Math.Max(0, (int)Math.Round(-lowLoss.Scale.Lowest / step));
            reach = Math.Min(channels, (int)Math.Round(lowLoss.Scale.Highest / step));
        }

        barns = [.. plan.Edges.Select(edge => edge.CrossSection.Channels(plan.Scale.At(-0.5) - (reach * step), step, channels + reach + below, edge.OnsetEv - edge.Edge.OnsetEv))];
        Edges = barns.Length;
        LowLossLength = reach + below + 1;
    }

    public int Edges { get; }

    /// <summary>Channels of a low loss on the steps of the core loss.</summary>
    public int LowLossLength { get; }

    /// <summary>Columns [edge, channel] without a low loss.</summary>
    public double[] Plain()
    {
        var columns = new double[Edges * channels];
        for (var e = 0; e < Edges; e++)
        {
            barns[e].AsSpan(reach, channels).CopyTo(columns.AsSpan(e * channels));
        }

        return columns;
    }

    /// <summary>Columns [edge, channel] for a low loss of <see cref="LowLossLength"/> channels.</summary>
    public void Convolve(ReadOnlySpan<double> lowLoss, Span<double> columns)
    {
        columns.Clear();
        for (var e = 0; e < Edges; e++)
        {
            var column = columns.Slice(e * channels, channels);
            for (var j = 0; j < lowLoss.Length; j++)
            {
                if (lowLoss[j] != 0)
                {
                    AddScaled(column, barns[e].AsSpan(reach + below - j, channels), BarnInNm2 * lowLoss[j]);
                }
            }
        }
    }

    /// <summary>A low-loss spectrum on the steps of the core loss, its counts kept: channel <c>j</c> holds losses round (j - below) steps.</summary>
    public void Resample(ReadOnlySpan<float> counts, SpectrumCube lowLoss, double step, double ratio, Span<double> result)
    {
        result.Clear();
        for (var channel = 0; channel < counts.Length; channel++)
        {
            var place = (lowLoss.Scale.At(channel) / step) + below;
            var left = (int)Math.Floor(place);
            var part = place - left;
            if (left >= 0 && left < result.Length)
            {
                result[left] += (1 - part) * ratio * counts[channel];
            }

            if (left + 1 >= 0 && left + 1 < result.Length)
            {
                result[left + 1] += part * ratio * counts[channel];
            }
        }
    }

    private static void AddScaled(Span<double> sum, ReadOnlySpan<double> values, double factor)
    {
        var wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var wide = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (var i = 0; i < wideSum.Length; i++)
        {
            wideSum[i] += factor * wide[i];
        }

        for (var i = wideSum.Length * Vector<double>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }
}

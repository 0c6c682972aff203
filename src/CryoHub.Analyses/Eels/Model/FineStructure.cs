using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>
/// What the free counts above an onset say: how far a pixel's edge is shifted against the region's, by least squares with that edge and its derivative, and the ratio of its two
/// white lines above the continuum.
/// </summary>
internal sealed class FineStructure
{
    private const double Before = 6;           // eV before the onset
    private const double Least = 12;           // eV after it
    private const double LeastSigmas = 5;      // of an edge's height, below which it has no position
    private const double LargestShift = 5;     // eV
    private const double BeforeLine = 4;       // eV from which the first white line is counted
    private const int Rounds = 4;

    private readonly int first;
    private readonly double[] template;        // counts of the region above background and other edges
    private readonly double step;

    public FineStructure(EnergyScale scale, ModelledEdge edge, ReadOnlySpan<double> net)
    {
        step = scale.At(1) - scale.At(0);
        first = Channel(scale, edge.OnsetEv - Before);
        var last = Channel(scale, edge.OnsetEv + Math.Max(Least, edge.FineStructureEv));
        template = net.Slice(first, last - first + 1).ToArray();
        if (edge.SplittingEv < 3 || edge.FineStructureEv < edge.SplittingEv + BeforeLine)
        {
            return;
        }

        var (low, high) = (Channel(scale, edge.OnsetEv + (0.3 * edge.SplittingEv)), Channel(scale, edge.OnsetEv + edge.SplittingEv));
        var valley = low;
        for (var channel = low; channel <= high; channel++)
        {
            valley = Smooth(net, channel) < Smooth(net, valley) ? channel : valley;
        }

        var start = Channel(scale, edge.OnsetEv - BeforeLine);
        Lines = (start, valley, Math.Min((2 * valley) - start, Channel(scale, edge.OnsetEv + edge.FineStructureEv)));
    }

    /// <summary>First channel of the first line, first of the second, and the one after it; <c>null</c> where there are no two lines.</summary>
    public (int First, int Second, int End)? Lines { get; }

    /// <summary>
    /// Shift in eV of <paramref name="net"/> (above background and other edges) against the template, positive towards higher energies, with one sigma; <paramref name="below"/> is
    /// what was taken off, whose noise is still there. NaN where the edge is too weak or too far.
    /// </summary>
    public (double Shift, double Error) Shift(ReadOnlySpan<double> net, ReadOnlySpan<double> below)
    {
        var (shift, error) = (0.0, double.NaN);
        for (var round = 0; round < Rounds; round++)
        {
            var (aa, ab, bb, ay, by) = (0.0, 0.0, 0.0, 0.0, 0.0);
            var scale = Height(net);
            for (var i = 2; i < template.Length - 2; i++)
            {
                var (m, slope) = At(i - (shift / step));
                var weight = 1 / Math.Max(below[first + i] + (scale * m), 1);
                var y = net[first + i];
                (aa, ab, bb, ay, by) = (aa + (weight * m * m), ab - (weight * m * slope), bb + (weight * slope * slope), ay + (weight * m * y), by - (weight * slope * y));
            }

            var determinant = (aa * bb) - (ab * ab);
            var height = ((bb * ay) - (ab * by)) / determinant;
            var moved = ((aa * by) - (ab * ay)) / determinant / height;
            shift += Math.Clamp(moved, -1, 1);
            error = Math.Sqrt(aa / determinant) / Math.Abs(height);
            if (!(height > LeastSigmas * Math.Sqrt(bb / determinant)) || !(Math.Abs(shift) < LargestShift))
            {
                return (double.NaN, double.NaN);
            }
        }

        return (shift, error);
    }

    private double Height(ReadOnlySpan<double> net)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < template.Length; i++)
        {
            (sum, total) = (sum + net[first + i], total + template[i]);
        }

        return Math.Max(0, sum / total);
    }

    /// <summary>Value and derivative by energy of the template between its channels.</summary>
    private (double Value, double Slope) At(double place)
    {
        var left = (int)Math.Clamp(Math.Floor(place), 1, template.Length - 3);
        var part = Math.Clamp(place - left, 0, 1);
        var slopeLeft = (template[left + 1] - template[left - 1]) / 2;
        var slopeRight = (template[left + 2] - template[left]) / 2;
        return (((1 - part) * template[left]) + (part * template[left + 1]), (((1 - part) * slopeLeft) + (part * slopeRight)) / step);
    }

    private static int Channel(EnergyScale scale, double energy) => (int)Math.Clamp(Math.Round((energy - scale.At(0)) / (scale.At(1) - scale.At(0))), 0, scale.Channels - 1);

    private static double Smooth(ReadOnlySpan<double> net, int channel) =>
        (net[Math.Max(0, channel - 1)] + net[channel] + net[Math.Min(net.Length - 1, channel + 1)]) / 3;
}

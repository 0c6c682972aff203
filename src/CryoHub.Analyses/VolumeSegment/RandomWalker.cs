using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>
/// Parts what markers 1 and 2 leave open by where a random walk that shuns differences of grey values ends first: the probability of marker 2 solves Laplace's
/// equation on <see cref="RandomWalkerGraph"/>.
/// </summary>
internal sealed class RandomWalker(VolumeWork work)
{
    private const double Tolerance = 1e-3; // as usual for this use: only the side of one half counts

    /// <summary>1 where marker 2 is the more probable end, else 0.</summary>
    /// <param name="grey">Grey values.</param>
    /// <param name="markers">1, 2, or 0 for open.</param>
    /// <param name="beta">Differences count as beta d^2 / (10 standard deviations of the grey values, these taken from 0 to 1).</param>
    /// <param name="ct">Ends the iteration.</param>
    public int[] Walk(float[] grey, int[] markers, double beta, CancellationToken ct)
    {
        var shape = work.Shape;
        var gradients = new ConjugateGradients(work);
        var padded = gradients.Padded;
        var (alongX, alongY, alongZ) = (new float[padded.Count], new float[padded.Count], new float[padded.Count]);
        var scale = Scale(grey, beta);
        gradients.Slices(z => RandomWalkerGraph.Links(grey, shape, scale, z, alongX, alongY, alongZ));
        var (seeds, fixedValues) = (new int[padded.Count], new float[padded.Count]);
        for (var i = 0; i < markers.Length; i++)
        {
            var at = padded.Index((i / shape.Plane) + 1, (i / shape.Width % shape.Height) + 1, (i % shape.Width) + 1);
            (seeds[at], fixedValues[at]) = (markers[i], markers[i] == 2 ? 1 : 0);
        }

        gradients.Slices(z => RandomWalkerGraph.Diagonal(seeds, padded, z, alongX, alongY, alongZ, gradients.Diagonal));
        gradients.Slices(z =>
        {
            for (var i = z * padded.Plane; i < (z + 1) * padded.Plane; i++)
            {
                gradients.Residual[i] = gradients.Diagonal[i] > 0 ? RandomWalkerGraph.Neighbours(fixedValues, padded, i, alongX, alongY, alongZ) : 0;
            }
        });
        gradients.Solve((vector, z, product) => RandomWalkerGraph.Apply(vector, gradients.Diagonal, padded, z, alongX, alongY, alongZ, product), Tolerance, ct);
        return [.. markers.Select((marker, i) => marker switch
        {
            2 => 1,
            1 => 0,
            _ => gradients.Solution[padded.Index((i / shape.Plane) + 1, (i / shape.Width % shape.Height) + 1, (i % shape.Width) + 1)] > 0.5f ? 1 : 0,
        })];
    }

    private static float Scale(float[] grey, double beta)
    {
        var (low, high, mean) = ((double)grey.Min(), (double)grey.Max(), grey.Average(value => (double)value));
        var deviation = Math.Sqrt(grey.Average(value => (value - mean) * (value - mean)));
        var range = Math.Max(high - low, 1e-30);
        return (float)(beta / (10 * Math.Max(deviation / range, 1e-30)) / (range * range));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Learning;

/// <summary>
/// Edges that part the values of each feature into at most 256 bins of about equally many training values: trees then split between bins, and a value is one byte. Where
/// a feature has at most 256 different values nothing is lost.
/// </summary>
public sealed class FeatureBins
{
    /// <summary>Edges of a feature, at most.</summary>
    public const int MostEdges = 255;

    private readonly float[][] padded;

    /// <param name="edges">For each feature at most <see cref="MostEdges"/> values in rising order.</param>
    public FeatureBins(IReadOnlyList<float[]> edges)
    {
        Edges = edges;
        padded = [.. edges.Select(Pad)];
    }

    /// <summary>For each feature its edges; bin b holds values above edge b - 1 and up to edge b.</summary>
    public IReadOnlyList<float[]> Edges { get; }

    /// <summary>Finds edges half-way between neighbouring training values.</summary>
    /// <param name="values">All values of a feature, feature after feature.</param>
    /// <param name="count">Values of a feature.</param>
    public static FeatureBins Of(ReadOnlySpan<float> values, int count)
    {
        var edges = new float[values.Length / count][];
        for (var feature = 0; feature < edges.Length; feature++)
        {
            var sorted = values.Slice(feature * count, count).ToArray();
            Array.Sort(sorted);
            var distinct = sorted.Where((value, i) => i == 0 || value > sorted[i - 1]).Count();
            var found = new List<float>();
            for (var i = 1; i < count; i++)
            {
                // A cut where the next value is another one and, of many values, enough of them lie behind the last cut.
                if (sorted[i] > sorted[i - 1] && (distinct <= MostEdges + 1 || i * (long)(MostEdges + 1) / count > found.Count))
                {
                    found.Add(sorted[i - 1] + ((sorted[i] - sorted[i - 1]) / 2));
                }
            }

            edges[feature] = [.. found.Take(MostEdges)];
        }

        return new FeatureBins(edges);
    }

    /// <summary>Bins of one feature's values, written <paramref name="stride"/> apart; a value that is not a number is in bin 0.</summary>
    public void Write(int feature, ReadOnlySpan<float> values, Span<byte> bins, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins.Length, ((values.Length - 1) * stride) + 1);
        ref var edges = ref MemoryMarshal.GetArrayDataReference(padded[feature]);
        ref var to = ref MemoryMarshal.GetReference(bins);
        for (var i = 0; i < values.Length; i++)
        {
            var (value, at) = (values[i], 0);
            for (var step = 128; step > 0; step >>= 1)
            {
                at += value > Unsafe.Add(ref edges, at + step - 1) ? step : 0; // no branch: the outcome is as good as random
            }

            Unsafe.Add(ref to, i * stride) = (byte)at;
        }
    }

    private static float[] Pad(float[] edges)
    {
        var all = new float[MostEdges + 1];
        Array.Fill(all, float.PositiveInfinity);
        edges.CopyTo(all, 0);
        return all;
    }
}

namespace CryoHub.Numerics.Components;

/// <summary>
/// Weighted points in clusters around their means: the start of Arthur and Vassilvitskii (k-means++, SODA 2007), then Lloyd's steps until nothing changes.
/// </summary>
/// <param name="Centres">[cluster, dimension], the cluster of the greatest weight first.</param>
/// <param name="Labels">Of each point its cluster, from 0.</param>
/// <param name="Spread">Weighted sum of squared distances from the centres.</param>
/// <param name="Settled">Whether the last step moved no point.</param>
public sealed record KMeans(double[] Centres, int[] Labels, double Spread, bool Settled)
{
    /// <summary>Clusters <paramref name="points"/> [point, dimension].</summary>
    /// <param name="weights">Of each point, positive.</param>
    /// <param name="clusters">How many.</param>
    /// <param name="seed">Of the start.</param>
    /// <param name="mostRounds">Steps at most.</param>
    /// <exception cref="ArgumentException">There are fewer points than clusters.</exception>
    public static KMeans Of(ReadOnlySpan<float> points, ReadOnlySpan<float> weights, int clusters, int seed, int mostRounds)
    {
        if (weights.Length < clusters || points.Length % weights.Length != 0)
        {
            throw new ArgumentException($"Expected at least {clusters} points and as many weights, found {points.Length} numbers and {weights.Length}.", nameof(weights));
        }

        var dimensions = points.Length / weights.Length;
        var centres = Start(points, weights, clusters, dimensions, new Random(seed));
        var (labels, spread, settled) = (new int[weights.Length], 0.0, false);
        for (var round = 0; round < mostRounds && !settled; round++)
        {
            (spread, settled) = Assign(points, weights, centres, dimensions, labels, round == 0);
            if (!settled)
            {
                Move(points, weights, labels, centres, dimensions);
            }
        }

        return Sorted(weights, centres, dimensions, labels, spread, settled);
    }

    /// <summary>Squared distances of one point from all centres; the index of the nearest.</summary>
    public static int Nearest(ReadOnlySpan<float> point, ReadOnlySpan<double> centres, Span<double> distances)
    {
        var nearest = 0;
        for (var c = 0; c < distances.Length; c++)
        {
            distances[c] = Distance(point, centres.Slice(c * point.Length, point.Length));
            nearest = distances[c] < distances[nearest] ? c : nearest;
        }

        return nearest;
    }

    private static double Distance(ReadOnlySpan<float> point, ReadOnlySpan<double> centre)
    {
        var sum = 0.0;
        for (var d = 0; d < point.Length; d++)
        {
            var step = point[d] - centre[d];
            sum += step * step;
        }

        return sum;
    }

    /// <summary>Points drawn one after the other with a chance that grows as their weight and squared distance from those drawn before.</summary>
    private static double[] Start(ReadOnlySpan<float> points, ReadOnlySpan<float> weights, int clusters, int dimensions, Random random)
    {
        var (centres, chances) = (new double[clusters * dimensions], new double[weights.Length]);
        chances.AsSpan().Fill(double.PositiveInfinity);
        for (var c = 0; c < clusters; c++)
        {
            var total = 0.0;
            for (var i = 0; i < chances.Length; i++)
            {
                total += c == 0 ? weights[i] : weights[i] * chances[i];
            }

            var (drawn, left) = (0, total * random.NextDouble());
            for (; drawn < chances.Length - 1; drawn++)
            {
                left -= c == 0 ? weights[drawn] : weights[drawn] * chances[drawn];
                if (left < 0)
                {
                    break;
                }
            }

            for (var d = 0; d < dimensions; d++)
            {
                centres[(c * dimensions) + d] = points[(drawn * dimensions) + d];
            }

            for (var i = 0; i < chances.Length; i++)
            {
                chances[i] = Math.Min(chances[i], Distance(points.Slice(i * dimensions, dimensions), centres.AsSpan(c * dimensions, dimensions)));
            }
        }

        return centres;
    }

    private static (double Spread, bool Same) Assign(ReadOnlySpan<float> points, ReadOnlySpan<float> weights, double[] centres, int dimensions, int[] labels, bool first)
    {
        Span<double> distances = stackalloc double[centres.Length / dimensions];
        var (spread, same) = (0.0, !first);
        for (var i = 0; i < labels.Length; i++)
        {
            var nearest = Nearest(points.Slice(i * dimensions, dimensions), centres, distances);
            spread += weights[i] * distances[nearest];
            same &= labels[i] == nearest;
            labels[i] = nearest;
        }

        return (spread, same);
    }

    /// <summary>Centres to the means of their points; one without points stays.</summary>
    private static void Move(ReadOnlySpan<float> points, ReadOnlySpan<float> weights, int[] labels, double[] centres, int dimensions)
    {
        var (sums, totals) = (new double[centres.Length], new double[centres.Length / dimensions]);
        for (var i = 0; i < labels.Length; i++)
        {
            totals[labels[i]] += weights[i];
            for (var d = 0; d < dimensions; d++)
            {
                sums[(labels[i] * dimensions) + d] += (double)weights[i] * points[(i * dimensions) + d];
            }
        }

        for (var i = 0; i < centres.Length; i++)
        {
            centres[i] = totals[i / dimensions] > 0 ? sums[i] / totals[i / dimensions] : centres[i];
        }
    }

    private static KMeans Sorted(ReadOnlySpan<float> weights, double[] centres, int dimensions, int[] labels, double spread, bool settled)
    {
        var totals = new double[centres.Length / dimensions];
        for (var i = 0; i < labels.Length; i++)
        {
            totals[labels[i]] += weights[i];
        }

        int[] order = [.. Enumerable.Range(0, totals.Length).OrderByDescending(cluster => totals[cluster])];
        var places = new int[order.Length];
        var sorted = new double[centres.Length];
        for (var c = 0; c < order.Length; c++)
        {
            places[order[c]] = c;
            centres.AsSpan(order[c] * dimensions, dimensions).CopyTo(sorted.AsSpan(c * dimensions));
        }

        return new KMeans(sorted, [.. labels.Select(label => places[label])], spread, settled);
    }
}

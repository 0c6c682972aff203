namespace CryoHub.Numerics.Learning;

/// <summary>
/// Grows one tree on a bootstrap of the training values: at each node the best split by Gini impurity of as many features, drawn at random, as the square root of all;
/// features that are constant there do not count. It ends where a node is pure or cannot be split.
/// </summary>
public sealed class TreeGrowth
{
    private const int FewValues = 64; // up to here sorting is cheaper than a histogram
    private const int Bins = 256;

    private readonly byte[] bins;
    private readonly byte[] classes;
    private readonly int count, features, kinds, wanted;
    private readonly int[] weights, order, drawn;
    private readonly int[] histogram, left, total;
    private readonly int[] keys = new int[FewValues];
    private readonly List<ForestNode> nodes = [];
    private readonly List<float> shares = [];
    private Random random = new(0);

    /// <param name="bins">Bins of all values, feature after feature.</param>
    /// <param name="classes">Class of each value, from 0 on.</param>
    /// <param name="kinds">Number of classes.</param>
    public TreeGrowth(byte[] bins, byte[] classes, int kinds)
    {
        (this.bins, this.classes, this.kinds, count) = (bins, classes, kinds, classes.Length);
        features = bins.Length / count;
        wanted = Math.Max(1, (int)Math.Sqrt(features));
        (weights, order, drawn) = (new int[count], new int[count], new int[features]);
        (histogram, left, total) = (new int[Bins * kinds], new int[kinds], new int[kinds]);
    }

    /// <summary>One tree; numbers of children count from its own root.</summary>
    /// <param name="seed">Decides the bootstrap and the features.</param>
    public (ForestNode[] Nodes, float[] Shares) Grow(int seed)
    {
        random = new Random(seed);
        nodes.Clear();
        shares.Clear();
        Array.Clear(weights);
        for (var f = 0; f < features; f++)
        {
            drawn[f] = f; // a tree must not depend on those grown before it
        }

        for (var i = 0; i < count; i++)
        {
            weights[random.Next(count)]++;
        }

        var used = 0;
        for (var i = 0; i < count; i++)
        {
            if (weights[i] > 0)
            {
                order[used++] = i;
            }
        }

        Reserve();
        var open = new Stack<(int Node, int Start, int End)>();
        open.Push((0, 0, used));
        while (open.TryPop(out var next))
        {
            if (Split(next.Node, next.Start, next.End) is not { } split)
            {
                continue;
            }

            var child = nodes.Count;
            nodes[next.Node] = new ForestNode(child, (byte)split.Feature, (byte)split.Bin);
            var middle = Part(split.Feature, split.Bin, next.Start, next.End);
            Reserve();
            Reserve();
            open.Push((child + 1, middle, next.End));
            open.Push((child, next.Start, middle));
        }

        return ([.. nodes], [.. shares]);
    }

    private void Reserve()
    {
        nodes.Add(ForestNode.Leaf(nodes.Count));
        for (var k = 0; k < kinds; k++)
        {
            shares.Add(0);
        }
    }

    /// <summary>Writes the node's shares and finds its split; <c>null</c> makes it a leaf.</summary>
    private (int Feature, int Bin)? Split(int node, int start, int end)
    {
        Array.Clear(total);
        for (var i = start; i < end; i++)
        {
            total[classes[order[i]]] += weights[order[i]];
        }

        var (all, most) = (0, 0);
        for (var k = 0; k < kinds; k++)
        {
            all += total[k];
            most = Math.Max(most, total[k]);
        }

        for (var k = 0; k < kinds; k++)
        {
            shares[(node * kinds) + k] = (float)total[k] / all;
        }

        if (most == all)
        {
            return null;
        }

        (int Feature, int Bin)? best = null;
        var (purity, tried) = (double.NegativeInfinity, 0);
        for (var f = 0; f < features && tried < wanted; f++)
        {
            var other = random.Next(f, features);
            (drawn[f], drawn[other]) = (drawn[other], drawn[f]);
            var (bin, found) = end - start <= FewValues ? OfFew(drawn[f], start, end, all) : OfMany(drawn[f], start, end, all);
            tried += bin >= 0 ? 1 : 0;
            if (bin >= 0 && found > purity)
            {
                (best, purity) = ((drawn[f], bin), found);
            }
        }

        return best;
    }

    /// <summary>The bin after which to cut, -1 where all values are in one, and the sum of squares over the sums of both sides: the higher the purer.</summary>
    private (int Bin, double Purity) OfMany(int feature, int start, int end, int all)
    {
        Array.Clear(histogram);
        var column = bins.AsSpan(feature * count, count);
        for (var i = start; i < end; i++)
        {
            var value = order[i];
            histogram[(column[value] * kinds) + classes[value]] += weights[value];
        }

        Array.Clear(left);
        var (best, purity, below) = (-1, double.NegativeInfinity, 0);
        for (var bin = 0; bin < Bins; bin++)
        {
            var here = 0;
            for (var k = 0; k < kinds; k++)
            {
                var weight = histogram[(bin * kinds) + k];
                left[k] += weight;
                here += weight;
            }

            below += here;
            if (here > 0 && below < all && Purity(below, all) is var found && found > purity)
            {
                (best, purity) = (bin, found);
            }
        }

        return (best, purity);
    }

    private (int Bin, double Purity) OfFew(int feature, int start, int end, int all)
    {
        var column = bins.AsSpan(feature * count, count);
        var sorted = keys.AsSpan(0, end - start);
        for (var i = start; i < end; i++)
        {
            sorted[i - start] = (column[order[i]] << 16) | (i - start);
        }

        sorted.Sort();
        Array.Clear(left);
        var (best, purity, below) = (-1, double.NegativeInfinity, 0);
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            var value = order[start + (sorted[i] & 0xFFFF)];
            left[classes[value]] += weights[value];
            below += weights[value];
            if (sorted[i] >> 16 != sorted[i + 1] >> 16 && Purity(below, all) is var found && found > purity)
            {
                (best, purity) = (sorted[i] >> 16, found);
            }
        }

        return (best, purity);
    }

    private double Purity(int below, int all)
    {
        var (a, b) = (0L, 0L);
        for (var k = 0; k < kinds; k++)
        {
            long right = total[k] - left[k];
            a += (long)left[k] * left[k];
            b += right * right;
        }

        return ((double)a / below) + ((double)b / (all - below));
    }

    private int Part(int feature, int bin, int start, int end)
    {
        var column = bins.AsSpan(feature * count, count);
        var (low, high) = (start, end - 1);
        while (low <= high)
        {
            if (column[order[low]] <= bin)
            {
                low++;
            }
            else
            {
                (order[low], order[high]) = (order[high], order[low]);
                high--;
            }
        }

        return low;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Learning;

/// <summary>
/// Decision trees that each saw a bootstrap of the training values; a class's probability is the mean over the trees of its share in the leaf reached. Breiman, Machine
/// Learning 45 (2001) 5, doi:10.1023/A:1010933404324.
/// </summary>
public sealed class RandomForest
{
    private const int Chunk = 512; // values whose bins and sums stay in the nearest cache while a tree works on them
    private const int Lanes = 8; // independent ways through a tree that hide each other's waiting

    private readonly ForestNode[] nodes;
    private readonly int[] roots;
    private readonly float[] shares;

    /// <param name="features">Bytes of one value.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="nodes">Nodes of all trees; numbers of children count from the first tree's root.</param>
    /// <param name="roots">Number of each tree's root.</param>
    /// <param name="shares">For each node the share of each class; read for leaves only.</param>
    public RandomForest(int features, int classes, ForestNode[] nodes, int[] roots, float[] shares)
    {
        (Features, Classes, this.nodes, this.roots, this.shares) = (features, classes, nodes, roots, shares);
        if (shares.Length != nodes.Length * classes || roots.Length == 0 || roots.Any(root => (uint)root >= (uint)nodes.Length))
        {
            throw new ArgumentException($"{nodes.Length} nodes need {nodes.Length * classes} shares and roots among them; found {shares.Length} shares and {roots.Length} roots.", nameof(nodes));
        }

        for (var i = 0; i < nodes.Length; i++)
        {
            // Children come after their parents, so every way ends; a leaf keeps every bin.
            if (nodes[i].Feature >= features || !(nodes[i] == ForestNode.Leaf(i) || (nodes[i].Left > i && nodes[i].Left + 1 < nodes.Length)))
            {
                throw new ArgumentException($"Node {i} of {nodes.Length} leads to {nodes[i].Left} by feature {nodes[i].Feature} of {features}.", nameof(nodes));
            }
        }
    }

    /// <summary>Bytes of one value.</summary>
    public int Features { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Nodes of all trees.</summary>
    public ReadOnlySpan<ForestNode> Nodes => nodes;

    /// <summary>Number of each tree's root.</summary>
    public ReadOnlySpan<int> Roots => roots;

    /// <summary>For each node the share of each class.</summary>
    public ReadOnlySpan<float> Shares => shares;

    /// <summary>Probabilities of all classes, value after value.</summary>
    /// <param name="bins">Bins of all features, value after value.</param>
    /// <param name="probabilities">As many times <see cref="Classes"/> as there are values.</param>
    public void Predict(ReadOnlySpan<byte> bins, Span<float> probabilities)
    {
        var count = bins.Length / Features;
        ArgumentOutOfRangeException.ThrowIfLessThan(probabilities.Length, count * Classes);
        probabilities = probabilities[..(count * Classes)];
        probabilities.Clear();
        for (var start = 0; start < count; start += Chunk)
        {
            var length = Math.Min(Chunk, count - start);
            var values = bins.Slice(start * Features, length * Features);
            var sums = probabilities.Slice(start * Classes, length * Classes);
            foreach (var root in roots)
            {
                Add(root, values, length, sums);
            }
        }

        var part = 1f / roots.Length;
        foreach (ref var value in probabilities)
        {
            value *= part;
        }
    }

    private void Add(int root, ReadOnlySpan<byte> values, int length, Span<float> sums)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var value = ref MemoryMarshal.GetReference(values);
        var width = (nuint)Features;
        var i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            ref var v0 = ref Unsafe.Add(ref value, (nuint)i * width);
            ref var v1 = ref Unsafe.Add(ref v0, width);
            ref var v2 = ref Unsafe.Add(ref v1, width);
            ref var v3 = ref Unsafe.Add(ref v2, width);
            ref var v4 = ref Unsafe.Add(ref v3, width);
            ref var v5 = ref Unsafe.Add(ref v4, width);
            ref var v6 = ref Unsafe.Add(ref v5, width);
            ref var v7 = ref Unsafe.Add(ref v6, width);
            var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root);
            int moved;
            do
            {
                var (na, nb, nc, nd) = (Next(ref node, a, ref v0), Next(ref node, b, ref v1), Next(ref node, c, ref v2), Next(ref node, d, ref v3));
                var (ne, nf, ng, nh) = (Next(ref node, e, ref v4), Next(ref node, f, ref v5), Next(ref node, g, ref v6), Next(ref node, h, ref v7));
                moved = (a ^ na) | (b ^ nb) | (c ^ nc) | (d ^ nd) | (e ^ ne) | (f ^ nf) | (g ^ ng) | (h ^ nh);
                (a, b, c, d, e, f, g, h) = (na, nb, nc, nd, ne, nf, ng, nh);
            }
            while (moved != 0);

            var at = i * Classes;
            Add(a, sums, at);
            Add(b, sums, at += Classes);
            Add(c, sums, at += Classes);
            Add(d, sums, at += Classes);
            Add(e, sums, at += Classes);
            Add(f, sums, at += Classes);
            Add(g, sums, at += Classes);
            Add(h, sums, at + Classes);
        }

        for (; i < length; i++)
        {
            ref var v = ref Unsafe.Add(ref value, (nuint)i * width);
            int before, at = root;
            do
            {
                before = at;
                at = Next(ref node, at, ref v);
            }
            while (at != before);

            Add(at, sums, i * Classes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref ForestNode nodes, int at, ref byte value)
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        return node.Left + (Unsafe.Add(ref value, (nuint)node.Feature) > node.Threshold ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int leaf, Span<float> sums, int at)
    {
        var classes = Classes;
        ref var share = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(shares), leaf * classes);
        ref var sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), at);
        for (var k = 0; k < classes; k++)
        {
            Unsafe.Add(ref sum, k) += Unsafe.Add(ref share, k);
        }
    }
}

namespace CryoHub.Numerics.Learning;

/// <summary>Joins trees to a forest; which thread grew which tree does not matter.</summary>
public static class ForestTraining
{
    /// <summary>Seed of a tree of the forest of <paramref name="seed"/>.</summary>
    public static int Seed(int seed, int tree) => unchecked((seed * 1_000_003) + (tree * 7919) + 17);

    /// <summary>The forest of those trees, in their order.</summary>
    public static RandomForest Join(int features, int classes, IReadOnlyList<(ForestNode[] Nodes, float[] Shares)> trees)
    {
        var nodes = new ForestNode[trees.Sum(tree => tree.Nodes.Length)];
        var shares = new float[nodes.Length * classes];
        var roots = new int[trees.Count];
        var at = 0;
        for (var t = 0; t < trees.Count; t++)
        {
            roots[t] = at;
            var tree = trees[t];
            for (var i = 0; i < tree.Nodes.Length; i++)
            {
                nodes[at + i] = tree.Nodes[i] with { Left = tree.Nodes[i].Left + at };
            }

            tree.Shares.CopyTo(shares, at * classes);
            at += tree.Nodes.Length;
        }

        return new RandomForest(features, classes, nodes, roots, shares);
    }
}

using CryoHub.Numerics.Learning;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>Fits forests, a tree a thread at a time.</summary>
internal static class ForestFit
{
    /// <summary>A forest and the bins it reads.</summary>
    /// <param name="values">Values of all samples, feature after feature.</param>
    /// <param name="classes">Class of each sample.</param>
    /// <param name="kinds">Number of classes.</param>
    /// <param name="trees">Number of trees.</param>
    /// <param name="seed">The same seed gives the same forest.</param>
    /// <param name="options">Threads.</param>
    public static (RandomForest Forest, FeatureBins Bins) Of(float[] values, byte[] classes, int kinds, int trees, int seed, ParallelOptions options)
    {
        var (count, features) = (classes.Length, values.Length / classes.Length);
        var bins = FeatureBins.Of(values, count);
        var bytes = new byte[values.Length];
        Parallel.For(0, features, options, f => bins.Write(f, values.AsSpan(f * count, count), bytes.AsSpan(f * count, count), 1));
        var grown = new (ForestNode[] Nodes, float[] Shares)[trees];
        Parallel.For(0, trees, options, () => new TreeGrowth(bytes, classes, kinds), (tree, _, growth) =>
        {
            grown[tree] = growth.Grow(ForestTraining.Seed(seed, tree));
            return growth;
        }, _ => { });
        return (ForestTraining.Join(features, kinds, grown), bins);
    }

    /// <summary>Probabilities of samples given feature after feature.</summary>
    public static float[] Predict(RandomForest forest, FeatureBins bins, float[] values, int count)
    {
        var bytes = new byte[(long)count * forest.Features];
        for (var f = 0; f < forest.Features; f++)
        {
            bins.Write(f, values.AsSpan(f * count, count), bytes.AsSpan(f), forest.Features);
        }

        var probabilities = new float[count * forest.Classes];
        forest.Predict(bytes, probabilities);
        return probabilities;
    }
}

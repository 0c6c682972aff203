using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class KMeansTests
{
    [Fact]
    public void Separate_clouds_are_found_with_their_weighted_means()
    {
        var random = new Random(8);
        double[][] centres = [[0, 0, 0], [10, 0, 1], [0, 12, -1]];
        int[] truth = [.. Enumerable.Range(0, 600).Select(i => i < 300 ? 0 : i < 500 ? 1 : 2)];
        float[] points = [.. truth.SelectMany(c => centres[c].Select(centre => (float)(centre + random.NextDouble() - 0.5)))];
        float[] weights = [.. truth.Select(_ => 0.5f + random.NextSingle())];

        var found = KMeans.Of(points, weights, 3, 4, 100);

        Assert.True(found.Settled);
        Assert.Equal(truth, found.Labels);   // the largest first: 300, 200 and 100 points
        for (var c = 0; c < 3; c++)
        {
            for (var d = 0; d < 3; d++)
            {
                int[] own = [.. Enumerable.Range(0, 600).Where(i => truth[i] == c)];
                Assert.Equal(own.Sum(i => (double)weights[i] * points[(i * 3) + d]) / own.Sum(i => (double)weights[i]), found.Centres[(c * 3) + d], 1e-6);
            }
        }
    }

    [Fact]
    public void More_clusters_than_points_are_refused() => Assert.Throws<ArgumentException>(() => KMeans.Of(new float[4], new float[2], 3, 1, 10));
}

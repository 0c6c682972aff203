using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class SpectrumResidualTests
{
    private const int Channels = 37;

    /// <summary>The formula in double precision; 1e-5 for float32 numbers of size one and sums of 37 of them.</summary>
    [Fact]
    public void Residual_and_scores_follow_their_formula()
    {
        var random = new Random(5);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        var (spectrum, mean, inverse, vectors) = (Numbers(Channels), Numbers(Channels), Numbers(Channels), Numbers(2 * Channels));
        var (residual, scores) = (new float[Channels], new float[2]);

        SpectrumResidual.Of(spectrum, mean, inverse, 4, residual);
        var squares = SpectrumResidual.Scores(residual, vectors, scores);

        double[] expected = [.. Enumerable.Range(0, Channels).Select(j => (spectrum[j] - (4.0 * mean[j])) * inverse[j] / 2)];
        Assert.All(Enumerable.Range(0, Channels), j => Assert.Equal(expected[j], residual[j], 1e-6));
        Assert.All(new[] { 0, 1 }, k => Assert.Equal(Enumerable.Range(0, Channels).Sum(j => expected[j] * vectors[(k * Channels) + j]), scores[k], 1e-5));
        Assert.Equal(expected.Sum(value => value * value), squares, 1e-5);
    }

    [Fact]
    public void All_directions_together_restore_the_spectrum()
    {
        var random = new Random(6);
        float[] mean = [.. Enumerable.Range(0, Channels).Select(_ => 0.1f + random.NextSingle())], inverse = [.. mean.Select(value => 1 / MathF.Sqrt(value))];
        float[] spectrum = [.. mean.Select(value => 9 * value * random.NextSingle())];
        var (unit, shapes) = (new float[Channels * Channels], new float[Channels * Channels]);
        for (var k = 0; k < Channels; k++)
        {
            (unit[(k * Channels) + k], shapes[(k * Channels) + k]) = (1, 1 / inverse[k]);
        }

        var (residual, scores, restored) = (new float[Channels], new float[Channels], new float[Channels]);
        SpectrumResidual.Of(spectrum, mean, inverse, 9, residual);
        SpectrumResidual.Scores(residual, unit, scores);
        SpectrumResidual.Restore(scores, shapes, mean, 9, restored);

        Assert.All(Enumerable.Range(0, Channels), j => Assert.Equal(spectrum[j], restored[j], 1e-5));
    }
}

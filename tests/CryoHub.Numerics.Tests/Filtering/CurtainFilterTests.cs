using CryoHub.Numerics.Filtering;

namespace CryoHub.Numerics.Tests.Filtering;

public sealed class CurtainFilterTests
{
    private const int Rows = 512;
    private const int Columns = 180;

    [Fact]
    public void Split_and_joined_a_line_is_itself_and_keeps_its_energy()
    {
        var random = new Random(1);
        float[] line = [.. Enumerable.Range(0, 48).Select(_ => random.NextSingle())], back = new float[48], smooth = new float[24], detail = new float[24];
        Daubechies.Split(line, smooth, detail);
        Daubechies.Join(smooth, detail, back);

        Assert.All(line.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(line.Sum(value => value * value), smooth.Concat(detail).Sum(value => value * value), 1e-4);
        Daubechies.Split([.. Enumerable.Range(0, 48).Select(i => (float)(i * i * i))], smooth, detail);
        Assert.All(detail[..20], value => Assert.Equal(0, value, 0.05)); // four vanishing moments: cubes have no detail away from the ends (float32 of numbers up to 1e5)
    }

    [Fact]
    public void Stripes_lose_twenty_decibels_and_the_structure_hardly_anything()
    {
        var random = new Random(2);
        var blobs = Enumerable.Range(0, 600).Select(_ => (X: Columns * random.NextDouble(), Y: Rows * random.NextDouble(), R: 2 + (3 * random.NextDouble()))).ToArray();
        var truth = new float[Rows * Columns];
        for (var i = 0; i < truth.Length; i++)
        {
            truth[i] = blobs.Any(blob => double.Hypot((i % Columns) - blob.X, (i / Columns) - blob.Y) < blob.R) ? 200 : 100;
        }

        float[] stripes = [.. Enumerable.Range(0, Columns).Select(x => (float)((12 * Math.Sin(x * 0.9)) + (10 * (random.NextDouble() - 0.5)) + (8 * Math.Cos(x * 0.31))))];
        float[] striped = [.. truth.Select((value, i) => value + stripes[i % Columns])], clean = (float[])truth.Clone();

        CurtainFilter.Vertical(striped, Rows, Columns, levels: 5, sigma: 1);
        CurtainFilter.Vertical(clean, Rows, Columns, levels: 5, sigma: 1);

        var before = stripes.Average(value => value * value);
        var after = striped.Zip(clean, (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.True(10 * Math.Log10(before / after) > 20, $"stripes fell by {10 * Math.Log10(before / after):0.#} dB");

        // What blobs of 7 px share along a column of 512 px cannot be told from a stripe: 1/sqrt(512/7) of their contrast for each of the three periods taken off.
        var contrast = Math.Sqrt(truth.Average(value => (double)value * value) - Math.Pow(truth.Average(value => (double)value), 2));
        var lost = Math.Sqrt(clean.Zip(truth, (a, b) => (double)(a - b) * (a - b)).Average());
        Assert.True(lost < Math.Sqrt(3 * 7.0 / 512) * contrast, $"structure changed by {lost:0.##} of its contrast's {contrast:0.##} rms");
        Assert.Equal(truth.Average(), clean.Average(), 0.5);
    }
}

using System.Numerics;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class DeconvolutionTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 4, 7, 8, 9, 16, 33];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Logarithms_and_quotients_are_those_of_complex_numbers(int count)
    {
        var (j, z, k) = (Numbers(count, 1), Numbers(count, 2), Numbers(count, 3));
        if (count > 3)
        {
            (z[3], j[2]) = (Complex.Zero, new Complex(-2, 0));
        }

        var (log, ratio) = (new float[2 * count], new float[2 * count]);
        SpectrumQuotient.Logarithm(Floats(j), Floats(z), log);
        SpectrumQuotient.Ratio(Floats(k), Floats(z), Floats(j), ratio);

        for (var i = 0; i < count; i++)
        {
            var expected = z[i] == Complex.Zero ? Complex.Zero : z[i] * Complex.Log(j[i] / z[i]);
            Assert.Equal(expected.Real, log[2 * i], 1e-5 * (1 + Complex.Abs(expected)));
            Assert.Equal(expected.Imaginary, log[(2 * i) + 1], 1e-5 * (1 + Complex.Abs(expected)));
            expected = z[i] == Complex.Zero ? Complex.Zero : j[i] * k[i] / z[i];
            Assert.Equal(expected.Real, ratio[2 * i], 1e-5 * (1 + Complex.Abs(expected)));
            Assert.Equal(expected.Imaginary, ratio[(2 * i) + 1], 1e-5 * (1 + Complex.Abs(expected)));
        }
    }

    [Fact]
    public void Richardson_and_Lucy_follow_their_formula_and_keep_constants_to_the_ends()
    {
        const int n = 29;
        float[] kernel = [1, 4, 9, 5, 2];
        var random = new Random(4);
        float[] counts = [.. Enumerable.Range(0, n).Select(i => 50 + (400 * MathF.Exp(-MathF.Pow((i - 13) / 3f, 2))) + (10 * random.NextSingle()))];
        float[] estimate = [.. counts];

        RichardsonLucy.Run(counts, kernel, 2, 7, estimate, new float[3 * n]);

        double[] k = [.. kernel.Select(value => value / 21.0)];
        double Folded(double[] x, int i, int sign) => Enumerable.Range(0, 5).Sum(t => i + (sign * (t - 2)) is var at && at >= 0 && at < n ? k[t] * x[at] : 0);
        double[] expected = [.. counts.Select(value => (double)value)];
        var inside = Enumerable.Range(0, n).Select(i => Folded([.. Enumerable.Repeat(1.0, n)], i, 1)).ToArray();
        for (var iteration = 0; iteration < 7; iteration++)
        {
            var quotient = Enumerable.Range(0, n).Select(i => counts[i] / Folded(expected, i, -1)).ToArray();
            expected = [.. Enumerable.Range(0, n).Select(i => expected[i] * Folded(quotient, i, 1) / inside[i])];
        }

        Assert.All(Enumerable.Range(0, n), i => Assert.Equal(expected[i], estimate[i], 1e-4 * expected[i]));
        float[] level = [.. Enumerable.Repeat(7f, n)];
        float[] kept = [.. level];
        RichardsonLucy.Run(level, [1, 2, 1], 1, 1, kept, new float[3 * n]);
        Assert.All(kept.AsSpan(2, n - 4).ToArray(), value => Assert.InRange(value, 6.9f, 7.1f));
    }

    private static Complex[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Complex((4 * random.NextDouble()) - 2, (4 * random.NextDouble()) - 2))];
    }

    private static float[] Floats(Complex[] numbers) => [.. numbers.SelectMany(number => new[] { (float)number.Real, (float)number.Imaginary })];
}

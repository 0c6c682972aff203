using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class NoiseFloorTests
{
    /// <summary>Normal noise of variance 2 with three planted components, the weakest (2,400, which noise makes 3,840) 1.7 times the edge at 2 (sqrt 600 + sqrt 80)^2.</summary>
    [Fact]
    public void Planted_components_are_counted_and_the_noise_is_found()
    {
        const int Rows = 600, Columns = 80;
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var matrix = Enumerable.Range(0, Rows * Columns).Select(_ => Math.Sqrt(2) * Normal()).ToArray();
            double[] strengths = [16000, 2400, 14000];
            for (var k = 0; k < strengths.Length; k++)
            {
                // orthogonal by construction: stripes of rows and of columns
                for (var row = k; row < Rows; row += 3)
                {
                    for (var column = k; column < Columns; column += 3)
                    {
                        matrix[(row * Columns) + column] += Math.Sqrt(strengths[k] / (Rows / 3.0) / (Columns / 3.0));
                    }
                }
            }

            var gram = new double[Columns * Columns];
            for (var i = 0; i < Columns; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * Columns) + j] = Enumerable.Range(0, Rows).Sum(row => matrix[(row * Columns) + i] * matrix[(row * Columns) + j]);
                }
            }

            var floor = NoiseFloor.Of(new SymmetricEigen(gram, Columns).Values, Rows);

            Assert.Equal(3, floor.Components);
            Assert.Equal(2, floor.Variance, 0.05);
            Assert.InRange(floor.Edge, 2 * Math.Pow(Math.Sqrt(Rows - 3) + Math.Sqrt(Columns - 3), 2), 2 * 1.15 * Math.Pow(Math.Sqrt(Rows) + Math.Sqrt(Columns), 2));
        }
    }

    /// <summary>Two values above a flat rest, a single slope, and nothing.</summary>
    [Fact]
    public void The_elbow_is_where_the_rest_begins()
    {
        Assert.Equal(2, NoiseFloor.Elbow([37, 28, 11.1, 10.7, 10.5, 10.2, 10.1, 10, 9.9, 9.8], 30));
        Assert.Equal(1, NoiseFloor.Elbow([1000, 10, 9, 8, 7, 6, 1e-9], 6));
        Assert.Equal(0, NoiseFloor.Elbow([0, 0, 0], 30));
    }

    [Fact]
    public void Zeros_have_no_components() => Assert.Equal(new NoiseFloor(0, 0, 0), NoiseFloor.Of([0, 0, 0], 5));
}

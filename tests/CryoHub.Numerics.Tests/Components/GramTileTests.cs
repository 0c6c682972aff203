using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class GramTileTests
{
    /// <summary>Against plain double sums; float32 products summed over 256 rows lose about 1e-6 of the root of the sum of squares.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void A_tile_is_the_matrix_of_inner_products(int rows)
    {
        var random = new Random(4);
        float[] Panel() => [.. Enumerable.Range(0, rows * GramTile.Width).Select(_ => (float)(random.NextDouble() - 0.3))];
        var (left, right) = (Panel(), Panel());
        const int Stride = 70;
        var gram = new double[GramTile.Width * Stride];
        gram.AsSpan().Fill(5);

        GramTile.Add(left, right, gram, Stride);

        for (var i = 0; i < GramTile.Width; i++)
        {
            for (var j = 0; j < Stride; j++)
            {
                var expected = j >= GramTile.Width ? 0 : Enumerable.Range(0, rows).Sum(row => (double)left[(row * GramTile.Width) + i] * right[(row * GramTile.Width) + j]);
                Assert.Equal(5 + expected, gram[(i * Stride) + j], 1e-6 * Math.Sqrt(rows) * 4);
            }
        }
    }

    [Fact]
    public void Panels_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => GramTile.Add(new float[64], new float[128], new double[64 * 64], 64));
}

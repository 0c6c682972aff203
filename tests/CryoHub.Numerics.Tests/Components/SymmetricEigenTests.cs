using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class SymmetricEigenTests
{
    /// <summary>Second differences have the eigenvalues 2 - 2 cos(k pi / (n + 1)) and sines as vectors.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(67)]
    public void Second_differences_have_their_known_values_and_vectors(int size)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            matrix[(i * size) + i] = 2;
            if (i > 0)
            {
                matrix[(i * size) + i - 1] = -1;
            }
        }

        var eigen = new SymmetricEigen(matrix, size);
        var vectors = eigen.Vectors(size);

        for (var k = 0; k < size; k++)
        {
            var angle = (size - k) * Math.PI / (size + 1);
            Assert.Equal(2 - (2 * Math.Cos(angle)), eigen.Values[k], 1e-13);
            var overlap = Enumerable.Range(0, size).Sum(i => vectors[(k * size) + i] * Math.Sin((i + 1) * angle) * Math.Sqrt(2.0 / (size + 1)));
            Assert.Equal(1, Math.Abs(overlap), 1e-12);
        }
    }

    /// <summary>A dense matrix with a thousandfold value above a flat rest: what is left of A v - value v is rounding (1e-13 of the norm), vectors are orthogonal.</summary>
    [Fact]
    public void A_dense_matrix_is_solved_to_rounding()
    {
        const int Size = 150;
        var random = new Random(3);
        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * Size) + j] = matrix[(j * Size) + i] = random.NextDouble() - 0.5 + 10;
            }
        }

        var eigen = new SymmetricEigen((double[])matrix.Clone(), Size);
        var vectors = eigen.Vectors(20);

        for (var k = 0; k < 20; k++)
        {
            for (var i = 0; i < Size; i++)
            {
                var product = Enumerable.Range(0, Size).Sum(j => matrix[(i * Size) + j] * vectors[(k * Size) + j]);
                Assert.Equal(eigen.Values[k] * vectors[(k * Size) + i], product, 1e-13 * eigen.Values[0]);
            }

            for (var l = 0; l <= k; l++)
            {
                Assert.Equal(l == k ? 1 : 0, Enumerable.Range(0, Size).Sum(i => vectors[(k * Size) + i] * vectors[(l * Size) + i]), 1e-13);
            }
        }

        Assert.Equal(Enumerable.Range(0, Size).Sum(i => matrix[(i * Size) + i]), eigen.Values.Sum(), 1e-10);
    }

    [Fact]
    public void Equal_values_have_vectors_at_right_angles()
    {
        var matrix = new double[9 * 9];
        for (var i = 0; i < 9; i++)
        {
            matrix[(i * 9) + i] = i < 5 ? 4 : 0;
        }

        var eigen = new SymmetricEigen(matrix, 9);
        var vectors = eigen.Vectors(9);

        Assert.Equal([4, 4, 4, 4, 4, 0, 0, 0, 0], eigen.Values);
        for (var k = 0; k < 9; k++)
        {
            Assert.Equal(k < 5 ? 1 : 0, Enumerable.Range(0, 5).Sum(i => vectors[(k * 9) + i] * vectors[(k * 9) + i]), 1e-12);
            Assert.All(Enumerable.Range(0, k), l => Assert.Equal(0, Enumerable.Range(0, 9).Sum(i => vectors[(k * 9) + i] * vectors[(l * 9) + i]), 1e-12));
        }
    }
}

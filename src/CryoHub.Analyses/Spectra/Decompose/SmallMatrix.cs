using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>Inverses of matrices as large as the number of components.</summary>
internal static class SmallMatrix
{
    private const double Dependent = 1e-14;   // of the largest eigenvalue

    /// <summary>Inverse of a symmetric matrix with positive eigenvalues; NaN where it has none.</summary>
    public static double[] Inverse(ReadOnlySpan<double> symmetric, int size)
    {
        var eigen = new SymmetricEigen(symmetric.ToArray(), size);
        var vectors = eigen.Vectors(size);
        var inverse = new double[size * size];
        for (var v = 0; v < size; v++)
        {
            var value = eigen.Values[v] > Dependent * eigen.Values[0] ? eigen.Values[v] : double.NaN;
            for (var i = 0; i < size * size; i++)
            {
                inverse[i] += vectors[(v * size) + (i / size)] * vectors[(v * size) + (i % size)] / value;
            }
        }

        return inverse;
    }

    /// <summary>a^T b of matrices [row, size].</summary>
    public static double[] Products(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int size)
    {
        var products = new double[size * size];
        for (var row = 0; row < a.Length; row += size)
        {
            for (var i = 0; i < size * size; i++)
            {
                products[i] += a[row + (i / size)] * b[row + (i % size)];
            }
        }

        return products;
    }
}

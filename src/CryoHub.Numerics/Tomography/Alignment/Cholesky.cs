namespace CryoHub.Numerics.Tomography.Alignment;

/// <summary>Symmetric positive definite equations.</summary>
internal static class Cholesky
{
    /// <summary>Solves <paramref name="matrix"/> x = <paramref name="right"/>, destroying the matrix; <c>null</c> where it is not positive definite.</summary>
    public static double[]? Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                if (i == j)
                {
                    if (!(sum > 0))
                    {
                        return null;
                    }

                    matrix[j, j] = Math.Sqrt(sum);
                }
                else
                {
                    matrix[i, j] = sum / matrix[j, j];
                }
            }
        }

        var x = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= matrix[i, k] * x[k];
            }

            x[i] /= matrix[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                x[i] -= matrix[k, i] * x[k];
            }

            x[i] /= matrix[i, i];
        }

        return x;
    }
}

namespace CryoHub.Numerics.Fitting;

/// <summary>Cholesky factors of small symmetric matrices, row by row in the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>
    /// Adds row <paramref name="row"/> of a matrix with ones on its diagonal to the factor L above it (leading dimension <paramref name="stride"/>); the row's entries stand
    /// in L already. False where the row depends on those before, to <paramref name="tolerance"/>.
    /// </summary>
    public static bool Append(Span<double> factor, int stride, int row, double tolerance)
    {
        var last = factor.Slice(row * stride, row + 1);
        for (var j = 0; j < row; j++)
        {
            var above = factor.Slice(j * stride, j + 1);
            var sum = last[j];
            for (var k = 0; k < j; k++)
            {
                sum -= last[k] * above[k];
            }

            last[j] = sum / above[j];
        }

        var rest = last[row];
        for (var k = 0; k < row; k++)
        {
            rest -= last[k] * last[k];
        }

        last[row] = Math.Sqrt(Math.Max(rest, 0));
        return rest > tolerance;
    }

    /// <summary>Solves L L^T x = b in place for the first <paramref name="count"/> rows.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int stride, int count, Span<double> x)
    {
        Forward(factor, stride, count, x);
        for (var i = count - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var k = i + 1; k < count; k++)
            {
                sum -= factor[(k * stride) + i] * x[k];
            }

            x[i] = sum / factor[(i * stride) + i];
        }
    }

    /// <summary>Solves L x = b in place.</summary>
    public static void Forward(ReadOnlySpan<double> factor, int stride, int count, Span<double> x)
    {
        for (var i = 0; i < count; i++)
        {
            var row = factor.Slice(i * stride, i + 1);
            var sum = x[i];
            for (var k = 0; k < i; k++)
            {
                sum -= row[k] * x[k];
            }

            x[i] = sum / row[i];
        }
    }
}

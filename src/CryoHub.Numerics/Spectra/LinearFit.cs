using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// Least squares of counts by a few fixed functions: the coefficients of every spectrum are the same weighted sums of its channels, c = (F'WF)^-1 F'W y, so they are worked out
/// once. Weights are the same for all spectra.
/// </summary>
public sealed class LinearFit
{
    private readonly float[][] rows;

    /// <param name="functions">The functions at the channels of the fit, [function][channel].</param>
    /// <param name="weights">One a channel; empty for equal ones.</param>
    /// <exception cref="ArgumentException">There are fewer channels than functions, or two functions say the same.</exception>
    public LinearFit(double[][] functions, ReadOnlySpan<double> weights)
    {
        var (k, n) = (functions.Length, functions[0].Length);
        var normal = new double[k, k];
        var unit = new double[k, k];
        for (var a = 0; a < k; a++)
        {
            unit[a, a] = 1;
            for (var b = 0; b < k; b++)
            {
                for (var i = 0; i < n; i++)
                {
                    normal[a, b] += functions[a][i] * functions[b][i] * (weights.IsEmpty ? 1 : weights[i]);
                }
            }
        }

        Invert(normal, unit);
        rows = new float[k][];
        for (var a = 0; a < k; a++)
        {
            rows[a] = new float[n];
            for (var i = 0; i < n; i++)
            {
                var sum = 0.0;
                for (var b = 0; b < k; b++)
                {
                    sum += unit[a, b] * functions[b][i];
                }

                rows[a][i] = (float)(sum * (weights.IsEmpty ? 1 : weights[i]));
            }
        }
    }

    /// <summary>How many functions.</summary>
    public int Count => rows.Length;

    /// <summary>By what each channel is weighted in coefficient <paramref name="function"/>.</summary>
    public ReadOnlySpan<float> Row(int function) => rows[function];

    /// <summary>The coefficients of <paramref name="counts"/>.</summary>
    public void Solve(ReadOnlySpan<float> counts, Span<double> coefficients)
    {
        for (var a = 0; a < rows.Length; a++)
        {
            coefficients[a] = Dot(rows[a], counts);
        }
    }

    /// <summary>Sum of products, accumulated in double precision.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"Expected {left.Length} numbers, found {right.Length}.", nameof(right));
        }

        var a = MemoryMarshal.Cast<float, Vector<float>>(left);
        var b = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            Vector.Widen(a[i], out var lowA, out var highA);
            Vector.Widen(b[i], out var lowB, out var highB);
            sums += (lowA * lowB) + (highA * highB);
        }

        var sum = Vector.Sum(sums);
        for (var i = a.Length * Vector<float>.Count; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Gauss and Jordan's elimination with pivots: turns the unit matrix into the inverse.</summary>
    private static void Invert(double[,] matrix, double[,] inverse)
    {
        var k = matrix.GetLength(0);
        for (var column = 0; column < k; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < k; row++)
            {
                pivot = Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]) ? row : pivot;
            }

            if (!(Math.Abs(matrix[pivot, column]) > 1e-300))
            {
                throw new ArgumentException("The functions do not differ at these channels: the fit has no single answer.", nameof(matrix));
            }

            for (var j = 0; j < k; j++)
            {
                (matrix[column, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }

            var scale = 1 / matrix[column, column];
            for (var j = 0; j < k; j++)
            {
                matrix[column, j] *= scale;
                inverse[column, j] *= scale;
            }

            for (var row = 0; row < k; row++)
            {
                var factor = row == column ? 0 : matrix[row, column];
                for (var j = 0; j < k; j++)
                {
                    matrix[row, j] -= factor * matrix[column, j];
                    inverse[row, j] -= factor * inverse[column, j];
                }
            }
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Fitting;

/// <summary>
/// Weighted sums of a linear model y = sum over c of x[c] design[c]: the matrix G = A^T W A and the right-hand side b = A^T W y. The design is stored one column after
/// the other, <c>design[column * rows + row]</c>, so that every sum runs through memory in order.
/// </summary>
public static class NormalEquations
{
    /// <summary>
    /// G[i, j] = sum over rows of weight design[i] design[j], the whole symmetric matrix row by row. Empty <paramref name="weights"/> count every row once.
    /// </summary>
    /// <param name="design">Columns of <paramref name="rows"/> numbers, [column, row].</param>
    /// <param name="rows">Data points.</param>
    /// <param name="weights">One a row (1 / variance), or empty.</param>
    /// <param name="gram">[column, column].</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Gram(ReadOnlySpan<double> design, int rows, ReadOnlySpan<double> weights, Span<double> gram)
    {
        var columns = Columns(design, rows, weights);
        if (gram.Length != columns * columns)
        {
            throw new ArgumentException($"Expected a matrix of {columns} x {columns}, found {gram.Length} numbers.", nameof(gram));
        }

        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var a = design.Slice(i * rows, rows);
                var b = design.Slice(j * rows, rows);
                gram[(i * columns) + j] = gram[(j * columns) + i] = weights.IsEmpty ? Dot(a, b) : Dot(a, b, weights);
            }
        }
    }

    /// <summary>b[i] = sum over rows of weight design[i] y.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void RightSide(ReadOnlySpan<double> design, int rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> y, Span<double> right)
    {
        var columns = Columns(design, rows, weights);
        if (right.Length != columns || y.Length != rows)
        {
            throw new ArgumentException($"Expected {columns} sums of {rows} data points, found {right.Length} and {y.Length}.", nameof(right));
        }

        for (var i = 0; i < columns; i++)
        {
            var column = design.Slice(i * rows, rows);
            right[i] = weights.IsEmpty ? Dot(column, y) : Dot(column, y, weights);
        }
    }

    /// <summary>model[row] = sum over columns of x[column] design[column, row].</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Model(ReadOnlySpan<double> design, ReadOnlySpan<double> x, Span<double> model)
    {
        if (design.Length != x.Length * model.Length)
        {
            throw new ArgumentException($"Expected {x.Length} columns of {model.Length} rows, found {design.Length} numbers.", nameof(design));
        }

        model.Clear();
        var wideModel = MemoryMarshal.Cast<double, Vector<double>>(model);
        for (var c = 0; c < x.Length; c++)
        {
            var column = design.Slice(c * model.Length, model.Length);
            var wide = MemoryMarshal.Cast<double, Vector<double>>(column);
            var factor = new Vector<double>(x[c]);
            for (var i = 0; i < wide.Length; i++)
            {
                wideModel[i] += factor * wide[i];
            }

            for (var row = wide.Length * Vector<double>.Count; row < model.Length; row++)
            {
                model[row] += x[c] * column[row];
            }
        }
    }

    private static int Columns(ReadOnlySpan<double> design, int rows, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        return design.Length % rows == 0 && (weights.IsEmpty || weights.Length == rows)
            ? design.Length / rows
            : throw new ArgumentException($"Expected whole columns and weights of {rows} rows, found {design.Length} and {weights.Length} numbers.", nameof(design));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero); // two chains: an addition does not wait for the one before
        var i = 0;
        for (; i + 1 < wideA.Length; i += 2)
        {
            even += wideA[i] * wideB[i];
            odd += wideA[i + 1] * wideB[i + 1];
        }

        var sum = Vector.Sum(even + odd);
        for (i *= Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> weights)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var wideW = MemoryMarshal.Cast<double, Vector<double>>(weights);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < wideA.Length; i += 2)
        {
            even += wideA[i] * wideB[i] * wideW[i];
            odd += wideA[i + 1] * wideB[i + 1] * wideW[i + 1];
        }

        var sum = Vector.Sum(even + odd);
        for (i *= Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i] * weights[i];
        }

        return sum;
    }
}

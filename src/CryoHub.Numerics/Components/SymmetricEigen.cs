using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Components;

/// <summary>
/// All eigenvalues of a real symmetric matrix and the vectors of the largest: Householder's reduction to three diagonals, the implicit QL method for the values, inverse
/// iteration for the vectors (Golub and Van Loan, Matrix Computations, 4th ed., sections 8.3 and 8.4; Wilkinson and Reinsch, Handbook for Automatic Computation II, 1971).
/// Exact to some units of the last place of the largest eigenvalue; about 4 n^3 / 3 operations, 8 n^2 bytes (the caller's matrix).
/// </summary>
public sealed class SymmetricEigen
{
    private const int MostRounds = 60;      // of QL for one value; two are usual
    private const int Inverse = 3;          // steps of inverse iteration: the first is nearly always enough
    private const double Rounding = 2.2204460492503131e-16;
    private const double Smallest = 1e-100;     // a pivot of a matrix of zeros

    private readonly double[] matrix;       // reflections, row by row below the diagonal
    private readonly double[] half;         // u.u / 2 of the reflection of each row; 0 where there is none
    private readonly double[] diagonal;
    private readonly double[] off;          // off[i] beside diagonal[i - 1] and [i]

    /// <summary>Takes the lower triangle of <paramref name="matrix"/> [size, size] and keeps the matrix as its own scratch memory.</summary>
    /// <exception cref="ArgumentException">It is not square, or holds numbers that are not finite.</exception>
    public SymmetricEigen(double[] matrix, int size)
    {
        if (size < 1 || matrix.Length != size * size)
        {
            throw new ArgumentException($"Expected {size} x {size} entries, found {matrix.Length}.", nameof(matrix));
        }

        this.matrix = matrix;
        Size = size;
        (half, diagonal, off) = (new double[size], new double[size], new double[size]);
        Reduce();
        var values = (double[])diagonal.Clone();
        Ql(values, (double[])off.Clone());
        Array.Sort(values);
        Array.Reverse(values);
        Values = values;
    }

    /// <summary>Rows of the matrix.</summary>
    public int Size { get; }

    /// <summary>All eigenvalues, the largest first.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Eigenvectors of length 1 of the <paramref name="count"/> largest values, [vector, entry]; the entry that is largest in magnitude is positive.</summary>
    public double[] Vectors(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Size);
        var vectors = new double[count * Size];
        var norm = Enumerable.Range(0, Size).Max(i => Math.Abs(diagonal[i]) + Math.Abs(off[i]) + (i + 1 < Size ? Math.Abs(off[i + 1]) : 0));
        var system = new Tridiagonal(diagonal, off, Math.Max(norm * Rounding, Smallest));
        var shift = double.PositiveInfinity;
        for (var k = 0; k < count; k++)
        {
            shift = Math.Min(Values[k], shift - (10 * norm * Rounding));    // equal values are told apart, so that their vectors can be
            var vector = vectors.AsSpan(k * Size, Size);
            Start(vector, k);
            system.Factor(shift);
            for (var step = 0; step < Inverse; step++)
            {
                system.Solve(vector);
                Orthogonal(vectors, vector, k);
            }
        }

        for (var k = 0; k < count; k++)
        {
            var vector = vectors.AsSpan(k * Size, Size);
            Reflect(vector);
            Sign(vector);
        }

        return vectors;
    }

    /// <summary>
    /// From the last row up: each is reflected onto its last entry before the diagonal. The change that a reflection makes to the rest is applied when the rest is read for
    /// the next one, so that the matrix goes through memory once a row.
    /// </summary>
    private void Reduce()
    {
        var (p, q) = (new double[Size], new double[Size]);
        ReadOnlySpan<double> before = default;                 // the reflection of the row below, q its partner
        for (var i = Size - 1; i >= 0; i--)
        {
            var row = matrix.AsSpan(i * Size, i + 1);
            if (before.Length > 0)
            {
                Update(row, before[i], q[i], before, q);
            }

            diagonal[i] = row[i];
            var u = row[..i];
            half[i] = Reflection(u, out off[i]);
            p.AsSpan(0, i).Clear();
            for (var j = 0; j < i; j++)
            {
                var other = matrix.AsSpan(j * Size, j + 1);
                p[j] += before.Length > 0 ? Update(other, before[j], q[j], before, q, u[j], u, p) : Product(other, u[j], u, p);
            }

            before = half[i] > 0 ? u : default;
            if (half[i] > 0)
            {
                var k = Dot(u, p) / (2 * half[i] * half[i]);
                for (var j = 0; j < i; j++)
                {
                    q[j] = (p[j] / half[i]) - (k * u[j]);
                }
            }
        }
    }

    /// <summary>Makes u of a row in place: I - u u^T / half turns the row into (0 ... 0, off); half is 0 where that needs nothing.</summary>
    private static double Reflection(Span<double> row, out double off)
    {
        off = row.Length > 0 ? row[^1] : 0;
        var rest = row.Length > 1 ? Dot(row[..^1], row[..^1]) : 0;
        if (!(rest > 0))
        {
            return 0;
        }

        var length = Math.Sqrt(rest + (off * off));
        var signed = off < 0 ? -length : length;
        var last = off;
        row[^1] += signed;
        off = -signed;
        return (length * length) + (last * signed);
    }

    /// <summary>row -= a q + b u.</summary>
    private static void Update(Span<double> row, double a, double b, ReadOnlySpan<double> u, ReadOnlySpan<double> q)
    {
        for (var k = 0; k < row.Length; k++)
        {
            row[k] -= (a * q[k]) + (b * u[k]);
        }
    }

    /// <summary>row -= a q + b u, then as <see cref="Product"/>.</summary>
    private static double Update(Span<double> row, double a, double b, ReadOnlySpan<double> u, ReadOnlySpan<double> q, double at, ReadOnlySpan<double> v, Span<double> p)
    {
        var last = row.Length - 1;
        var wide = MemoryMarshal.Cast<double, Vector<double>>(row[..last]);
        var wideU = MemoryMarshal.Cast<double, Vector<double>>(u[..last]);
        var wideQ = MemoryMarshal.Cast<double, Vector<double>>(q[..last]);
        var wideV = MemoryMarshal.Cast<double, Vector<double>>(v[..last]);
        var wideP = MemoryMarshal.Cast<double, Vector<double>>(p[..last]);
        var (even, odd, i) = (Vector<double>.Zero, Vector<double>.Zero, 0);
        for (; i + 1 < wide.Length; i += 2)
        {
            var first = wide[i] - (a * wideQ[i]) - (b * wideU[i]);
            var second = wide[i + 1] - (a * wideQ[i + 1]) - (b * wideU[i + 1]);
            (wide[i], wide[i + 1]) = (first, second);
            (even, odd) = (even + (first * wideV[i]), odd + (second * wideV[i + 1]));
            (wideP[i], wideP[i + 1]) = (wideP[i] + (at * first), wideP[i + 1] + (at * second));
        }

        var sum = Vector.Sum(even + odd);
        for (var k = i * Vector<double>.Count; k < last; k++)
        {
            row[k] -= (a * q[k]) + (b * u[k]);
            sum += row[k] * v[k];
            p[k] += at * row[k];
        }

        row[last] -= (a * q[last]) + (b * u[last]);
        return sum + (row[last] * at);
    }

    /// <summary>What one row of the lower triangle, its entry <paramref name="at"/> of v on the diagonal, gives to p = A v: to the entries before by p, to its own by the sum.</summary>
    private static double Product(ReadOnlySpan<double> row, double at, ReadOnlySpan<double> v, Span<double> p)
    {
        var last = row.Length - 1;
        for (var k = 0; k < last; k++)
        {
            p[k] += at * row[k];
        }

        return Dot(row[..last], v) + (row[last] * at);
    }

    /// <summary>Implicit QL steps until every off-diagonal entry is lost in rounding.</summary>
    private static void Ql(double[] d, double[] e)
    {
        var n = d.Length;
        Array.Copy(e, 1, e, 0, n - 1);      // e[i] beside d[i] and d[i + 1]
        e[n - 1] = 0;
        for (var l = 0; l < n; l++)
        {
            for (var round = 0; ; round++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > Rounding * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                {
                    m++;
                }

                if (m == l)
                {
                    break;
                }

                if (round == MostRounds)
                {
                    throw new ArithmeticException($"Eigenvalue {l + 1} of {n} did not settle in {MostRounds} rounds: the matrix holds numbers that are not finite.");
                }

                Sweep(d, e, l, m);
            }
        }
    }

    private static void Sweep(double[] d, double[] e, int l, int m)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = Math.Sqrt((g * g) + 1);
        g = d[m] - d[l] + (e[l] / (g + (g < 0 ? -r : r)));
        var (s, c, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (s * e[i], c * e[i]);
            r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /// <summary>A start that is orthogonal to nothing by accident, the same at every call.</summary>
    private static void Start(Span<double> vector, int seed)
    {
        var state = (uint)(seed + 1) * 2654435761u;
        for (var i = 0; i < vector.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            vector[i] = 0.5 + (state / (double)uint.MaxValue);
        }
    }

    /// <summary>Takes the vectors before it off and scales it to length 1; twice, as once leaves rounding errors of neighbours behind.</summary>
    private void Orthogonal(double[] vectors, Span<double> vector, int before)
    {
        for (var time = 0; time < 2; time++)
        {
            Scale(vector, 1 / Math.Sqrt(Dot(vector, vector)));
            for (var k = 0; k < before; k++)
            {
                var other = vectors.AsSpan(k * Size, Size);
                Add(vector, -Dot(vector, other), other);
            }
        }

        Scale(vector, 1 / Math.Sqrt(Dot(vector, vector)));
    }

    /// <summary>From the coordinates of the three diagonals back to those of the matrix.</summary>
    private void Reflect(Span<double> vector)
    {
        for (var i = 1; i < Size; i++)
        {
            if (half[i] > 0)
            {
                var u = matrix.AsSpan(i * Size, i);
                Add(vector[..i], -Dot(u, vector) / half[i], u);
            }
        }
    }

    private static void Sign(Span<double> vector)
    {
        var largest = 0.0;
        foreach (var entry in vector)
        {
            largest = Math.Abs(entry) > Math.Abs(largest) ? entry : largest;
        }

        Scale(vector, largest < 0 ? -1 : 1);
    }

    private static void Scale(Span<double> vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    private static void Add(Span<double> vector, double factor, ReadOnlySpan<double> other)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var wideOther = MemoryMarshal.Cast<double, Vector<double>>(other);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += factor * wideOther[i];
        }

        for (var i = wide.Length * Vector<double>.Count; i < vector.Length; i++)
        {
            vector[i] += factor * other[i];
        }
    }

    /// <summary>Over the length of <paramref name="a"/>.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

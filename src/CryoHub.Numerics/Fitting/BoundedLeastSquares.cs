namespace CryoHub.Numerics.Fitting;

/// <summary>
/// Linear least squares with bounds: minimises x^T G x / 2 - b^T x, lower &lt;= x &lt;= upper, G and b from <see cref="NormalEquations"/>. Active-set method of Stark and
/// Parker (Computational Statistics 10 (1995) 129; with bounds 0 and infinity Lawson and Hanson's NNLS) on the normal equations scaled to a unit diagonal. It starts from
/// the x it is given, so neighbouring pixels with the same active bounds take one solution each. Holds scratch memory only: one for each thread.
/// </summary>
public sealed class BoundedLeastSquares
{
    private const double Dependent = 1e-11;   // of a column's squared length outside the others; a condition number of about 3e5, below which double sums carry five digits
    private const double Optimal = 1e-10;     // of the scaled gradient against the right-hand side

    private readonly int columns;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] scale;          // 1 / sqrt(G[i, i])
    private readonly double[] scaled;         // G with ones on its diagonal
    private readonly double[] factor;
    private readonly double[] trial;
    private readonly double[] gradient;
    private readonly int[] free;              // columns between their bounds, in the order of the factor
    private readonly bool[] isFree;
    private readonly bool[] barred;           // cannot be told from the free ones, or was freed in vain
    private int freeCount;

    /// <summary>For problems with these bounds; infinities where there is none.</summary>
    /// <exception cref="ArgumentException">A lower bound is not below its upper one.</exception>
    public BoundedLeastSquares(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        columns = lower.Length;
        for (var i = 0; i < columns || columns != upper.Length; i++)
        {
            if (columns != upper.Length || !(lower[i] < upper[i]))
            {
                throw new ArgumentException($"Expected {columns} upper bounds, each above its lower one.", nameof(upper));
            }
        }

        (this.lower, this.upper) = (lower.ToArray(), upper.ToArray());
        (scale, trial, gradient) = (new double[columns], new double[columns], new double[columns]);
        (scaled, factor) = (new double[columns * columns], new double[columns * columns]);
        (free, isFree, barred) = (new int[columns], new bool[columns], new bool[columns]);
    }

    /// <summary>Non-negative least squares of that many columns.</summary>
    public static BoundedLeastSquares NonNegative(int columns)
    {
        var upper = new double[columns];
        upper.AsSpan().Fill(double.PositiveInfinity);
        return new BoundedLeastSquares(new double[columns], upper);
    }

    /// <summary>
    /// Solves from the start <paramref name="x"/> (clamped to its bounds; NaN starts at the bound nearest to 0) and leaves the solution there. Columns of zeros and columns
    /// that depend on others within five digits stay at their start and count as not determined.
    /// </summary>
    /// <param name="gram">G [column, column].</param>
    /// <param name="right">b.</param>
    /// <param name="x">Start, then solution.</param>
    /// <returns>False where a number is not finite (x is then NaN) or the active set did not settle.</returns>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public bool Solve(ReadOnlySpan<double> gram, ReadOnlySpan<double> right, Span<double> x)
    {
        if (gram.Length != columns * columns || right.Length != columns || x.Length != columns)
        {
            throw new ArgumentException($"Expected {columns} columns, found a matrix of {gram.Length} numbers, {right.Length} sums and {x.Length} unknowns.", nameof(gram));
        }

        if (!Scale(gram, right))
        {
            x.Fill(double.NaN);
            return false;
        }

        Start(x);
        var settled = Iterate(right, x);
        for (var i = 0; i < columns; i++)
        {
            x[i] = x[i] * scale[i];
        }

        return settled;
    }

    /// <summary>Solves one problem a right-hand side with the same G, each from the solution before it; the first from <paramref name="solutions"/>'s own start.</summary>
    /// <param name="gram">G [column, column].</param>
    /// <param name="rights">b [problem, column].</param>
    /// <param name="solutions">x [problem, column]; NaN where a right-hand side is not finite.</param>
    /// <returns>How many problems were not solved.</returns>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public int SolveEach(ReadOnlySpan<double> gram, ReadOnlySpan<double> rights, Span<double> solutions)
    {
        if (rights.Length != solutions.Length || rights.Length % Math.Max(1, columns) != 0)
        {
            throw new ArgumentException($"Expected as many unknowns as sums, whole rows of {columns}; found {solutions.Length} and {rights.Length}.", nameof(solutions));
        }

        var failed = 0;
        for (var start = 0; start < rights.Length; start += columns)
        {
            var x = solutions.Slice(start, columns);
            if (start > 0)
            {
                solutions.Slice(start - columns, columns).CopyTo(x);
            }

            failed += Solve(gram, rights.Slice(start, columns), x) ? 0 : 1;
        }

        return failed;
    }

    /// <summary>Whether the last solution has this column between its bounds, and not tied to one by the bound or by the other columns.</summary>
    public bool IsFree(int column) => isFree[column];

    /// <summary>
    /// Inverse of G over the free columns of the last solution: with weights 1 / variance the covariance of x, else to be multiplied by the residual variance. A column
    /// at its bound has no covariance with others and the variance that it would have if it alone were freed; one that is not determined has NaN.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not [column, column].</exception>
    public void Covariance(Span<double> covariance)
    {
        if (covariance.Length != columns * columns)
        {
            throw new ArgumentException($"Expected a matrix of {columns} x {columns}, found {covariance.Length} numbers.", nameof(covariance));
        }

        covariance.Clear();
        for (var f = 0; f < freeCount; f++)
        {
            trial.AsSpan(0, freeCount).Clear();
            trial[f] = 1;
            Cholesky.Solve(factor, columns, freeCount, trial);
            for (var g = 0; g < freeCount; g++)
            {
                covariance[(free[f] * columns) + free[g]] = trial[g] * scale[free[f]] * scale[free[g]];
            }
        }

        for (var i = 0; i < columns; i++)
        {
            if (!isFree[i])
            {
                covariance[(i * columns) + i] = VarianceIfFreed(i);
            }
        }
    }

    private double VarianceIfFreed(int column)
    {
        for (var f = 0; f < freeCount; f++)
        {
            trial[f] = scaled[(column * columns) + free[f]];
        }

        Cholesky.Forward(factor, columns, freeCount, trial);
        var rest = scaled[(column * columns) + column];
        for (var f = 0; f < freeCount; f++)
        {
            rest -= trial[f] * trial[f];
        }

        return rest > Dependent ? scale[column] * scale[column] / rest : double.NaN;
    }

    private bool Scale(ReadOnlySpan<double> gram, ReadOnlySpan<double> right)
    {
        var finite = true;
        for (var i = 0; i < columns; i++)
        {
            var diagonal = gram[(i * columns) + i];
            scale[i] = diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 0;
            finite &= double.IsFinite(right[i]) && double.IsFinite(scale[i]);
            for (var j = 0; j <= i; j++)
            {
                finite &= double.IsFinite(gram[(i * columns) + j]);
                scaled[(i * columns) + j] = scaled[(j * columns) + i] = gram[(i * columns) + j] * scale[i] * scale[j];
            }
        }

        return finite;
    }

    /// <summary>Scales x, clamps it and frees what is not at a bound; columns without a length stay where they are.</summary>
    private void Start(Span<double> x)
    {
        freeCount = 0;
        for (var i = 0; i < columns; i++)
        {
            var start = Math.Clamp(double.IsFinite(x[i]) ? x[i] : 0, lower[i], upper[i]);
            isFree[i] = barred[i] = false;
            x[i] = scale[i] > 0 ? start / scale[i] : start;
            barred[i] = !(scale[i] > 0);
            if (!barred[i] && (start > lower[i] && start < upper[i]))
            {
                barred[i] = !Free(i);
            }

            scale[i] = scale[i] > 0 ? scale[i] : 1;
        }
    }

    private bool Iterate(ReadOnlySpan<double> right, Span<double> x)
    {
        var largest = 0.0;
        for (var i = 0; i < columns; i++)
        {
            largest = Math.Max(largest, Math.Abs(right[i] * scale[i]));
        }

        var freed = -1;
        for (var round = 0; round < 20 * (columns + 1); round++)
        {
            if (!Step(right, x, freed))
            {
                freed = -1;
                continue;   // a bound was met: the smaller problem next
            }

            freed = Wanted(right, x, Optimal * largest);
            if (freed < 0)
            {
                return true;
            }

            if (!Free(freed))
            {
                barred[freed] = true;
                freed = -1;
            }
        }

        return false;
    }

    /// <summary>Moves the free columns to their least-squares solution, or to the first bound on the way; true if nothing stood in the way.</summary>
    private bool Step(ReadOnlySpan<double> right, Span<double> x, int freed)
    {
        Target(right, x);
        var (fraction, stopped) = (1.0, -1);
        for (var f = 0; f < freeCount; f++)
        {
            var i = free[f];
            var move = trial[f] - x[i];
            var bound = (move < 0 ? lower[i] : upper[i]) / scale[i];
            var room = bound - x[i];
            if (Math.Abs(move) > Math.Abs(room) && room / move < fraction)
            {
                (fraction, stopped) = (Math.Max(0, room / move), f);
            }
        }

        for (var f = 0; f < freeCount; f++)
        {
            x[free[f]] += fraction * (trial[f] - x[free[f]]);
        }

        if (stopped < 0)
        {
            return true;
        }

        if (fraction > 0)
        {
            barred.AsSpan().Clear();   // the sum of squares fell: no way back to an earlier active set
        }

        var at = free[stopped];
        x[at] = (trial[stopped] < x[at] || (fraction == 0 && x[at] == lower[at] / scale[at]) ? lower[at] : upper[at]) / scale[at];
        barred[at] = at == freed && fraction == 0;   // rounding alone asked for it: freeing it again would go round in circles
        Fix(stopped);
        return false;
    }

    /// <summary>Least squares over the free columns with the others where they are.</summary>
    private void Target(ReadOnlySpan<double> right, ReadOnlySpan<double> x)
    {
        for (var f = 0; f < freeCount; f++)
        {
            var row = scaled.AsSpan(free[f] * columns, columns);
            var sum = right[free[f]] * scale[free[f]];
            for (var j = 0; j < columns; j++)
            {
                sum -= isFree[j] ? 0 : row[j] * x[j];
            }

            trial[f] = sum;
        }

        Cholesky.Solve(factor, columns, freeCount, trial);
    }

    /// <summary>The column at a bound whose freeing lowers the sum of squares most, or -1.</summary>
    private int Wanted(ReadOnlySpan<double> right, ReadOnlySpan<double> x, double tolerance)
    {
        var (best, most) = (-1, tolerance);
        for (var i = 0; i < columns; i++)
        {
            if (isFree[i] || barred[i])
            {
                continue;
            }

            gradient[i] = right[i] * scale[i];
            for (var j = 0; j < columns; j++)
            {
                gradient[i] -= scaled[(i * columns) + j] * x[j];
            }

            var gain = x[i] <= lower[i] / scale[i] ? gradient[i] : x[i] >= upper[i] / scale[i] ? -gradient[i] : Math.Abs(gradient[i]);
            if (gain > most)
            {
                (best, most) = (i, gain);
            }
        }

        return best;
    }

    /// <summary>Adds a column to the factor; false where the free ones already span it.</summary>
    private bool Free(int column)
    {
        var row = factor.AsSpan(freeCount * columns, columns);
        for (var f = 0; f < freeCount; f++)
        {
            row[f] = scaled[(column * columns) + free[f]];
        }

        row[freeCount] = scaled[(column * columns) + column];
        if (!Cholesky.Append(factor, columns, freeCount, Dependent))
        {
            return false;
        }

        (free[freeCount], isFree[column]) = (column, true);
        freeCount++;
        return true;
    }

    /// <summary>Takes a column out of the factor and rebuilds what came after it.</summary>
    private void Fix(int place)
    {
        isFree[free[place]] = false;
        var after = freeCount;
        freeCount = place;
        for (var f = place + 1; f < after; f++)
        {
            var column = free[f];
            isFree[column] = false;
            if (!Free(column))
            {
                barred[column] = true;
            }
        }
    }
}

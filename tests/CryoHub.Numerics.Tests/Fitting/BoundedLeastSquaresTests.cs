using CryoHub.Numerics.Fitting;

namespace CryoHub.Numerics.Tests.Fitting;

public sealed class BoundedLeastSquaresTests
{
    /// <summary>The best of all 3^n choices of columns at the lower bound, at the upper bound and free: an oracle without any active-set logic.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 17)]
    [InlineData(3, 8)]
    [InlineData(4, 9)]
    [InlineData(5, 33)]
    public void The_solution_is_the_best_of_all_active_sets(int columns, int rows)
    {
        var random = new Random((100 * columns) + rows);
        for (var trial = 0; trial < 60; trial++)
        {
            var (design, weights, y) = Problem(random, columns, rows);
            var lower = Enumerable.Range(0, columns).Select(i => i % 3 == 2 ? double.NegativeInfinity : -0.3 * random.NextDouble()).ToArray();
            var upper = Enumerable.Range(0, columns).Select(i => i % 2 == 1 ? double.PositiveInfinity : 0.4 * random.NextDouble()).ToArray();
            var (gram, right) = Normal(design, rows, weights, y);
            var x = Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.5).ToArray();

            Assert.True(new BoundedLeastSquares(lower, upper).Solve(gram, right, x));

            var expected = BestOfAllSets(gram, right, lower, upper);
            Assert.All(x.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-9)); // condition numbers below 1e4
        }
    }

    [Theory]
    [InlineData(6, 40)]
    [InlineData(13, 64)]
    [InlineData(30, 257)]
    public void Larger_problems_meet_the_conditions_of_an_optimum_from_any_start(int columns, int rows)
    {
        var random = new Random(columns);
        for (var trial = 0; trial < 20; trial++)
        {
            var (design, weights, y) = Problem(random, columns, rows);
            var (gram, right) = Normal(design, rows, weights, y);
            var solver = BoundedLeastSquares.NonNegative(columns);
            var (cold, warm) = (new double[columns], Enumerable.Range(0, columns).Select(_ => random.NextDouble()).ToArray());

            Assert.True(solver.Solve(gram, right, cold));
            Assert.True(solver.Solve(gram, right, warm));

            Assert.All(cold.Zip(warm), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
            for (var i = 0; i < columns; i++)
            {
                var gradient = right[i] - Enumerable.Range(0, columns).Sum(j => gram[(i * columns) + j] * cold[j]);
                Assert.True(cold[i] >= 0);
                Assert.True(cold[i] > 0 ? Math.Abs(gradient) < 1e-7 : gradient < 1e-7, $"column {i}: x {cold[i]}, gradient {gradient}");
            }
        }
    }

    [Fact]
    public void Columns_of_very_different_size_are_found_alike()
    {
        // Background counts of 1e6 beside an edge of 1e-4 a unit: values scale with the inverse.
        double[] design = [.. Enumerable.Range(0, 50).Select(i => 1e6 / (1 + i)), .. Enumerable.Range(0, 50).Select(i => i < 20 ? 0 : 1e-4 * (60 - i))];
        var y = new double[50];
        NormalEquations.Model(design, [3, 2e8], y);
        var (gram, right) = Normal(design, 50, [], y);
        double[] x = [0, 0];

        Assert.True(BoundedLeastSquares.NonNegative(2).Solve(gram, right, x));

        Assert.Equal(3, x[0], 1e-8);
        Assert.Equal(2e8, x[1], 1);
    }

    /// <summary>Inverse by Gauss and Jordan of the free block; a column at its bound as if it alone were freed.</summary>
    [Fact]
    public void Covariance_is_the_inverse_of_the_free_block()
    {
        const int columns = 5;
        var random = new Random(7);
        var (design, weights, y) = Problem(random, columns, 60);
        NormalEquations.Model(design, [2, -1, 3, 0.5, -2], y);
        var (gram, right) = Normal(design, 60, weights, y);
        var (x, covariance) = (new double[columns], new double[columns * columns]);
        var solver = BoundedLeastSquares.NonNegative(columns);

        Assert.True(solver.Solve(gram, right, x));
        solver.Covariance(covariance);

        var free = Enumerable.Range(0, columns).Where(solver.IsFree).ToArray();
        Assert.Contains(Enumerable.Range(0, columns), i => !solver.IsFree(i));
        var inverse = Inverse(gram, columns, free);
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var (a, b) = (Array.IndexOf(free, i), Array.IndexOf(free, j));
                var expected = a >= 0 && b >= 0 ? inverse[a, b] : i != j ? 0 : Inverse(gram, columns, [.. free, i])[free.Length, free.Length];
                Assert.Equal(expected, covariance[(i * columns) + j], 1e-10);
            }
        }
    }

    [Fact]
    public void What_cannot_be_told_apart_is_said_to_be_undetermined()
    {
        double[] column = [1, 2, 3, 4];
        double[] design = [.. column, .. column, 0, 0, 0, 0];
        var (gram, right) = Normal(design, 4, [], [2, 4, 6, 8]);
        var (x, covariance) = (new double[3], new double[9]);
        var solver = BoundedLeastSquares.NonNegative(3);

        Assert.True(solver.Solve(gram, right, x));
        solver.Covariance(covariance);

        Assert.Equal(2, x[0] + x[1], 1e-12);
        Assert.True(double.IsNaN(covariance[4]) ^ double.IsNaN(covariance[0]));
        Assert.True(double.IsNaN(covariance[8]));
    }

    [Fact]
    public void Many_right_hand_sides_equal_one_by_one_and_those_without_a_value_are_NaN()
    {
        const int columns = 4;
        var random = new Random(3);
        var (design, weights, _) = Problem(random, columns, 30);
        double[] gram = [.. Normal(design, 30, weights, new double[30]).Gram];
        var rights = Enumerable.Range(0, 25 * columns).Select(_ => random.NextDouble() - 0.4).ToArray();
        rights[(7 * columns) + 2] = double.NaN;
        var solutions = new double[rights.Length];
        var solver = BoundedLeastSquares.NonNegative(columns);

        Assert.Equal(1, solver.SolveEach(gram, rights, solutions));

        for (var p = 0; p < 25; p++)
        {
            var x = new double[columns];
            solver.Solve(gram, rights.AsSpan(p * columns, columns), x);
            Assert.All(x.Zip(solutions[(p * columns)..((p + 1) * columns)]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(p == 7, x.All(double.IsNaN));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    public void Normal_equations_are_the_plain_sums_at_every_lane_boundary(int rows)
    {
        const int columns = 3;
        var (design, weights, y) = Problem(new Random(rows), columns, rows);
        foreach (var weight in new[] { weights, [] })
        {
            var (gram, right) = Normal(design, rows, weight, y);
            double Weight(int row) => weight.Length == 0 ? 1 : weight[row];
            for (var i = 0; i < columns; i++)
            {
                Assert.Equal(Enumerable.Range(0, rows).Sum(row => Weight(row) * design[(i * rows) + row] * y[row]), right[i], 1e-10);
                for (var j = 0; j < columns; j++)
                {
                    Assert.Equal(Enumerable.Range(0, rows).Sum(row => Weight(row) * design[(i * rows) + row] * design[(j * rows) + row]), gram[(i * columns) + j], 1e-10);
                }
            }
        }

        var model = new double[rows];
        NormalEquations.Model(design, [1, -2, 0.5], model);
        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(design[row] - (2 * design[rows + row]) + (0.5 * design[(2 * rows) + row]), model[row], 1e-12));
    }

    [Fact]
    public void Bounds_and_lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new BoundedLeastSquares([1], [1]));
        Assert.Throws<ArgumentException>(() => new BoundedLeastSquares([1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => new BoundedLeastSquares([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => BoundedLeastSquares.NonNegative(2).Solve(new double[4], new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => NormalEquations.Gram(new double[7], 3, [], new double[4]));
    }

    private static (double[] Design, double[] Weights, double[] Y) Problem(Random random, int columns, int rows) => (
        [.. Enumerable.Range(0, columns * rows).Select(_ => random.NextDouble() + 0.1)],
        [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.NextDouble())],
        [.. Enumerable.Range(0, rows).Select(_ => (2 * random.NextDouble()) - 0.7)]);

    private static (double[] Gram, double[] Right) Normal(double[] design, int rows, double[] weights, double[] y)
    {
        var columns = design.Length / rows;
        var (gram, right) = (new double[columns * columns], new double[columns]);
        NormalEquations.Gram(design, rows, weights, gram);
        NormalEquations.RightSide(design, rows, weights, y, right);
        return (gram, right);
    }

    private static double[] BestOfAllSets(double[] gram, double[] right, double[] lower, double[] upper)
    {
        var n = right.Length;
        var (best, least) = (Array.Empty<double>(), double.PositiveInfinity);
        for (var set = 0; set < (int)Math.Pow(3, n); set++)
        {
            var state = Enumerable.Range(0, n).Select(i => set / (int)Math.Pow(3, i) % 3).ToArray();
            var x = Enumerable.Range(0, n).Select(i => state[i] == 0 ? lower[i] : state[i] == 1 ? upper[i] : 0).ToArray();
            if (x.Any(double.IsInfinity))
            {
                continue;
            }

            int[] free = [.. Enumerable.Range(0, n).Where(i => state[i] == 2)];
            var inverse = Inverse(gram, n, free);
            var rest = free.Select(i => right[i] - Enumerable.Range(0, n).Sum(j => gram[(i * n) + j] * x[j])).ToArray();
            for (var a = 0; a < free.Length; a++)
            {
                x[free[a]] = Enumerable.Range(0, free.Length).Sum(b => inverse[a, b] * rest[b]);
            }

            var value = Enumerable.Range(0, n).Sum(i => x[i] * ((Enumerable.Range(0, n).Sum(j => gram[(i * n) + j] * x[j]) / 2) - right[i]));
            if (value < least && Enumerable.Range(0, n).All(i => x[i] >= lower[i] && x[i] <= upper[i]))
            {
                (best, least) = (x, value);
            }
        }

        return best;
    }

    private static double[,] Inverse(double[] gram, int stride, int[] rows)
    {
        var n = rows.Length;
        var work = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            work[i, n + i] = 1;
            for (var j = 0; j < n; j++)
            {
                work[i, j] = gram[(rows[i] * stride) + rows[j]];
            }
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var top = work[pivot, pivot];
            for (var j = 0; j < 2 * n; j++)
            {
                work[pivot, j] /= top;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = work[i, pivot];
                for (var j = 0; j < 2 * n && i != pivot; j++)
                {
                    work[i, j] -= factor * work[pivot, j];
                }
            }
        }

        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                inverse[i, j] = work[i, n + j];
            }
        }

        return inverse;
    }
}

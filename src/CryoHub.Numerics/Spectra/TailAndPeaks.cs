namespace CryoHub.Numerics.Spectra;

/// <summary>
/// The tail of a zero-loss peak with Gaussian peaks on it, fitted together to counts by greatest Poisson likelihood (Fisher scoring with damping), so that the uncertainty of the peaks holds that
/// of the tail: m(E) = exp(o(E) + c0 + c1 u + c2 u^2 ...) + sum of h exp(-4 ln 2 (E - e)^2 / w^2), u = ln E from -1 to 1 over the range. Order 1 is a power law; o is the logarithm of a
/// measured tail, or nothing.
/// </summary>
public sealed class TailAndPeaks
{
    private const int MostSteps = 100;
    private static readonly double Shape = 4 * Math.Log(2);

    private readonly double[] energies;
    private readonly double[] offset;
    private readonly double[][] powers;

    /// <param name="energies">Above zero, rising.</param>
    /// <param name="offset">One logarithm an energy; empty for none.</param>
    /// <param name="order">Order of the polynomial in ln E.</param>
    /// <exception cref="ArgumentException">An energy is not above zero, or the numbers differ in length.</exception>
    public TailAndPeaks(double[] energies, double[] offset, int order)
    {
        if (energies.Length <= order + 1 || !(energies[0] > 0) || (offset.Length > 0 && offset.Length != energies.Length))
        {
            throw new ArgumentException($"Expected more than {order + 1} energies above zero and as many offsets or none, found {energies.Length} and {offset.Length}.", nameof(energies));
        }

        (this.energies, this.offset) = (energies, offset);
        var (low, high) = (Math.Log(energies[0]), Math.Log(energies[^1]));
        powers = [.. Enumerable.Range(0, order + 1).Select(power => energies.Select(energy => Math.Pow(((2 * Math.Log(energy)) - low - high) / (high - low), power)).ToArray())];
    }

    /// <summary>Numbers that describe the tail.</summary>
    public int TailCount => powers.Length;

    /// <summary>The tail at every energy.</summary>
    public double[] Tail(ReadOnlySpan<double> parameters)
    {
        var tail = new double[energies.Length];
        for (var i = 0; i < tail.Length; i++)
        {
            tail[i] = TailAt(parameters, i);
        }

        return tail;
    }

    /// <summary>A start: the line through the logarithms of the counts, weighted by them.</summary>
    public double[] Start(ReadOnlySpan<float> counts)
    {
        var k = powers.Length;
        var (matrix, right) = (new double[k, k], new double[k]);
        for (var i = 0; i < counts.Length; i++)
        {
            var weight = Math.Max(counts[i], 0.1);
            var value = Math.Log(weight) - (offset.Length > 0 ? offset[i] : 0);
            for (var a = 0; a < k; a++)
            {
                right[a] += weight * powers[a][i] * value;
                for (var b = 0; b < k; b++)
                {
                    matrix[a, b] += weight * powers[a][i] * powers[b][i];
                }
            }
        }

        return Solve(matrix, right) ?? [Math.Log(Math.Max(1, WindowSums.Of(counts) / counts.Length)), .. new double[k - 1]];
    }

    /// <summary>
    /// Fits in place: the tail's numbers, then energy, height and width of each peak. Only heights and tail where <paramref name="shapes"/> is false.
    /// </summary>
    /// <param name="counts">One count an energy.</param>
    /// <param name="used">Channels that take part; empty for all.</param>
    /// <param name="parameters">Start, then result.</param>
    /// <param name="shapes">Whether energies and widths are fitted.</param>
    /// <param name="errors">One sigma of every number; 0 for what is held. May be empty.</param>
    /// <returns>Reduced chi-squared for counted electrons; NaN where the fit does not converge.</returns>
    public double Fit(ReadOnlySpan<float> counts, ReadOnlySpan<bool> used, Span<double> parameters, bool shapes, Span<double> errors)
    {
        int[] free = [.. Enumerable.Range(0, parameters.Length).Where(p => p < TailCount || shapes || (p - TailCount) % 3 == 1)];
        var (n, damping, likelihood) = (free.Length, 1e-3, Likelihood(counts, used, parameters));
        var trial = parameters.ToArray();
        for (var step = 0; step < MostSteps; step++)
        {
            var (fisher, gradient) = Normal(counts, used, parameters, free);
            var damped = (double[,])fisher.Clone();
            for (var a = 0; a < n; a++)
            {
                damped[a, a] *= 1 + damping;
            }

            if (Solve(damped, gradient) is not { } change)
            {
                return double.NaN;
            }

            parameters.CopyTo(trial);
            var size = 0.0;
            for (var a = 0; a < n; a++)
            {
                trial[free[a]] += change[a];
                size += change[a] * gradient[a];   // what the step may still gain
            }

            var next = Likelihood(counts, used, trial);
            if (next >= likelihood - 1e-9)
            {
                trial.CopyTo(parameters);
                (likelihood, damping) = (next, Math.Max(damping / 10, 1e-12));
                if (size < 1e-7 * n)
                {
                    Errors(fisher, free, errors);
                    return Misfit(counts, used, parameters, n);
                }
            }
            else if ((damping *= 10) > 1e12)
            {
                return double.NaN;
            }
        }

        return double.NaN;
    }

    private double TailAt(ReadOnlySpan<double> parameters, int i)
    {
        var exponent = offset.Length > 0 ? offset[i] : 0;
        for (var k = 0; k < powers.Length; k++)
        {
            exponent += parameters[k] * powers[k][i];
        }

        return Math.Exp(Math.Min(exponent, 100));
    }

    private double At(ReadOnlySpan<double> parameters, int i)
    {
        var tail = TailAt(parameters, i);
        var sum = tail;
        for (var p = powers.Length; p < parameters.Length; p += 3)
        {
            var away = (energies[i] - parameters[p]) / parameters[p + 2];
            sum += parameters[p + 1] * Math.Exp(-Shape * away * away);
        }

        return Math.Max(sum, 1e-3 * tail);   // a hole may not go below nothing
    }

    private double Likelihood(ReadOnlySpan<float> counts, ReadOnlySpan<bool> used, ReadOnlySpan<double> parameters)
    {
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (used.IsEmpty || used[i])
            {
                var model = Math.Max(At(parameters, i), 1e-300);
                sum += (Math.Max(counts[i], 0) * Math.Log(model)) - model;
            }
        }

        for (var p = powers.Length; p < parameters.Length; p += 3)
        {
            if (!(parameters[p + 2] > 0) || parameters[p] < energies[0] || parameters[p] > energies[^1])
            {
                return double.NegativeInfinity;
            }
        }

        return double.IsNaN(sum) ? double.NegativeInfinity : sum;
    }

    private double Misfit(ReadOnlySpan<float> counts, ReadOnlySpan<bool> used, ReadOnlySpan<double> parameters, int free)
    {
        var (sum, channels) = (0.0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (used.IsEmpty || used[i])
            {
                var model = At(parameters, i);
                sum += (counts[i] - model) * (counts[i] - model) / Math.Max(model, 1);
                channels++;
            }
        }

        return sum / Math.Max(1, channels - free);
    }

    private (double[,] Fisher, double[] Gradient) Normal(ReadOnlySpan<float> counts, ReadOnlySpan<bool> used, ReadOnlySpan<double> parameters, int[] free)
    {
        var n = free.Length;
        var (fisher, gradient, derivatives, all) = (new double[n, n], new double[n], new double[n], new double[parameters.Length]);
        for (var i = 0; i < counts.Length; i++)
        {
            if (!used.IsEmpty && !used[i])
            {
                continue;
            }

            Derive(parameters, i, all);
            for (var a = 0; a < n; a++)
            {
                derivatives[a] = all[free[a]];
            }

            var model = Math.Max(At(parameters, i), 1e-300);
            var residual = (Math.Max(counts[i], 0) - model) / model;
            for (var a = 0; a < n; a++)
            {
                gradient[a] += derivatives[a] * residual;
                for (var b = 0; b <= a; b++)
                {
                    fisher[a, b] += derivatives[a] * derivatives[b] / model;
                }
            }
        }

        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < a; b++)
            {
                fisher[b, a] = fisher[a, b];
            }
        }

        return (fisher, gradient);
    }

    private void Derive(ReadOnlySpan<double> parameters, int i, double[] derivatives)
    {
        var tail = TailAt(parameters, i);
        for (var k = 0; k < powers.Length; k++)
        {
            derivatives[k] = tail * powers[k][i];
        }

        for (var p = powers.Length; p < parameters.Length; p += 3)
        {
            var (away, width) = (energies[i] - parameters[p], parameters[p + 2]);
            var value = Math.Exp(-Shape * away * away / (width * width));
            derivatives[p + 1] = value;
            derivatives[p] = parameters[p + 1] * value * 2 * Shape * away / (width * width);
            derivatives[p + 2] = derivatives[p] * away / width;
        }
    }

    private static void Errors(double[,] fisher, int[] free, Span<double> errors)
    {
        errors.Clear();
        for (var a = 0; a < free.Length && !errors.IsEmpty; a++)
        {
            var unit = new double[free.Length];
            unit[a] = 1;
            errors[free[a]] = Solve((double[,])fisher.Clone(), unit) is { } column && column[a] > 0 ? Math.Sqrt(column[a]) : double.NaN;
        }
    }

    /// <summary>Gauss's elimination with pivots; <c>null</c> where there is no single answer. Destroys the matrix.</summary>
    private static double[]? Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        double[] x = [.. right];
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]) ? row : pivot;
            }

            if (!(Math.Abs(matrix[pivot, column]) > 1e-280))
            {
                return null;
            }

            (x[column], x[pivot]) = (x[pivot], x[column]);
            for (var j = 0; j < n; j++)
            {
                (matrix[column, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[column, j]);
            }

            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                x[row] -= factor * x[column];
                for (var j = column; j < n; j++)
                {
                    matrix[row, j] -= factor * matrix[column, j];
                }
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var j = row + 1; j < n; j++)
            {
                x[row] -= matrix[row, j] * x[j];
            }

            x[row] /= matrix[row, row];
        }

        return x;
    }
}

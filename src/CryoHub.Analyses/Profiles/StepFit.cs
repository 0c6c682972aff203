using CryoHub.Numerics.Fitting;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Profiles;

/// <summary>
/// y(x) = base + sum over edges of height Phi((x - position) / sigma): abrupt interfaces blurred by a Gaussian. Levenberg and Marquardt with analytic derivatives; errors from
/// the scatter about the fit.
/// </summary>
internal sealed class StepFit
{
    private const int MostRounds = 200, PerEdge = 3;
    private const double LeastSigma = 0.15, Converged = 1e-10;   // in pixels: sharper edges cannot be told apart

    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] weights;
    private readonly double[] covariance;

    private StepFit(double[] x, double[] y, double[] weights, double[] start)
    {
        (this.x, this.y, this.weights) = (x, y, weights);
        Parameters = start;
        (Squares, covariance) = Iterate();
    }

    /// <summary>base, then height, position and sigma of each edge.</summary>
    public double[] Parameters { get; private set; }

    /// <summary>Weighted sum of squared residuals.</summary>
    public double Squares { get; }

    public int Edges => Parameters.Length / PerEdge;

    /// <summary>Best fit of one or of two edges of opposite sign, by the Bayesian information criterion; <c>null</c> where a constant does as well.</summary>
    public static StepFit? Best(double[] x, double[] y, double[] weights)
    {
        var mean = y.Zip(weights, (value, weight) => value * weight).Sum() / weights.Sum();
        var constant = y.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum();
        int[] slopes = [.. Enumerable.Range(2, Math.Max(0, y.Length - 4)).OrderBy(i => Slope(y, i))];
        if (slopes.Length < 4 || !(constant > 0))
        {
            return null;
        }

        var (down, up) = (slopes[0], slopes[^1]);
        var steepest = Math.Abs(Slope(y, up)) >= Math.Abs(Slope(y, down)) ? up : down;
        var one = new StepFit(x, y, weights, [Mean(y, 0, steepest), Mean(y, steepest, y.Length) - Mean(y, 0, steepest), x[steepest], 1.5]);
        var (first, second) = (Math.Min(up, down), Math.Max(up, down));
        var (before, middle, after) = (Mean(y, 0, first), Mean(y, first, second + 1), Mean(y, second, y.Length));
        var two = second - first < 2 ? one : new StepFit(x, y, weights, [before, middle - before, x[first], 1.5, after - middle, x[second], 1.5]);
        var best = two.Edges == 2 && two.Parameters[1] * two.Parameters[4] < 0 && two.Parameters[5] > two.Parameters[2] && two.Criterion() < one.Criterion() - 10 ? two : one;
        return best.Criterion() < (y.Length * Math.Log(constant / y.Length)) + Math.Log(y.Length) - 10 ? best : null;
    }

    public double Error(int parameter) => Math.Sqrt(Math.Max(0, Covariance(parameter, parameter)));

    public double Covariance(int a, int b) => covariance[(a * Parameters.Length) + b];

    /// <summary>The fitted curve and its one-sigma error.</summary>
    public (double Value, double Error) At(double position)
    {
        var slopes = new double[Parameters.Length];
        var value = Model(Parameters, position, slopes);
        var variance = 0.0;
        for (var a = 0; a < slopes.Length; a++)
        {
            for (var b = 0; b < slopes.Length; b++)
            {
                variance += slopes[a] * slopes[b] * Covariance(a, b);
            }
        }

        return (value, Math.Sqrt(Math.Max(0, variance)));
    }

    private double Criterion() => (y.Length * Math.Log(Math.Max(Squares, 1e-300) / y.Length)) + (Parameters.Length * Math.Log(y.Length));

    private (double Squares, double[] Covariance) Iterate()
    {
        var n = Parameters.Length;
        var (design, rest, gram, right) = (new double[n * x.Length], new double[x.Length], new double[n * n], new double[n]);
        double[] free = [.. Enumerable.Repeat(double.PositiveInfinity, n)];
        var solver = new BoundedLeastSquares([.. free.Select(bound => -bound)], free);
        var (damping, squares) = (1e-3, Residual(Parameters, design, rest));
        for (var round = 0; round < MostRounds; round++)
        {
            NormalEquations.Gram(design, x.Length, weights, gram);
            NormalEquations.RightSide(design, x.Length, weights, rest, right);
            for (var i = 0; i < n; i++)
            {
                gram[(i * n) + i] *= 1 + damping;
            }

            var step = new double[n];
            solver.Solve(gram, right, step);
            double[] trial = [.. Parameters.Zip(step, (value, change) => value + change)];
            for (var i = PerEdge; i < n; i += PerEdge)
            {
                trial[i] = Math.Clamp(trial[i], LeastSigma, x[^1] - x[0]);
                trial[i - 1] = Math.Clamp(trial[i - 1], x[0], x[^1]);
            }

            var found = Residual(trial, design, rest);
            if (found < squares)
            {
                var gained = squares - found;
                (Parameters, squares, damping) = (trial, found, damping / 3);
                if (gained < Converged * squares)
                {
                    break;
                }
            }
            else
            {
                damping *= 4;
                Residual(Parameters, design, rest);
                if (damping > 1e12)
                {
                    break;
                }
            }
        }

        Residual(Parameters, design, rest);
        NormalEquations.Gram(design, x.Length, weights, gram);
        NormalEquations.RightSide(design, x.Length, weights, rest, right);
        solver.Solve(gram, right, new double[n]);
        var inverse = new double[n * n];
        solver.Covariance(inverse);
        return (squares, [.. inverse.Select(value => value * squares / Math.Max(1, x.Length - n))]);
    }

    private double Residual(double[] parameters, double[] design, double[] rest)
    {
        var squares = 0.0;
        var slopes = new double[parameters.Length];
        for (var i = 0; i < x.Length; i++)
        {
            rest[i] = y[i] - Model(parameters, x[i], slopes);
            squares += weights[i] * rest[i] * rest[i];
            for (var p = 0; p < slopes.Length; p++)
            {
                design[(p * x.Length) + i] = slopes[p];
            }
        }

        return squares;
    }

    private static double Model(double[] parameters, double position, double[] slopes)
    {
        var value = parameters[0];
        slopes[0] = 1;
        for (var edge = 1; edge < parameters.Length; edge += PerEdge)
        {
            var (height, centre, sigma) = (parameters[edge], parameters[edge + 1], parameters[edge + 2]);
            var z = (position - centre) / sigma;
            var (share, density) = (GaussianBins.Cumulative(z), Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
            value += height * share;
            (slopes[edge], slopes[edge + 1], slopes[edge + 2]) = (share, -height * density / sigma, -height * density * z / sigma);
        }

        return value;
    }

    private static double Slope(double[] y, int i) => y[i + 1] + (i + 2 < y.Length ? y[i + 2] : y[i + 1]) - y[i - 1] - y[i - 2];

    private static double Mean(double[] y, int from, int to) => y[from..Math.Max(from + 1, to)].Average();
}

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
    private const int LeastPoints = 8, MostPlaces = 6, Apart = 2;
    private const double VeryStrong = 10;
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

    /// <summary>
    /// Best fit of any number of edges, ordered by position; <c>null</c> where a constant does as well. Edges are added where what is left over is steepest, one or a pair of opposite ones at a
    /// time, as long as the Bayesian information criterion falls by ten (Kass and Raftery, J. Am. Stat. Assoc. 90 (1995) 773: very strong evidence).
    /// </summary>
    public static StepFit? Best(double[] x, double[] y, double[] weights)
    {
        var mean = y.Zip(weights, (value, weight) => value * weight).Sum() / weights.Sum();
        var squares = y.Zip(weights, (value, weight) => weight * (value - mean) * (value - mean)).Sum();
        if (y.Length < LeastPoints || !(squares > 0))
        {
            return null;
        }

        var range = y.Max() - y.Min();
        var criterion = (y.Length * Math.Log(squares / y.Length)) + Math.Log(y.Length);
        StepFit? best = null;
        while (true)
        {
            var known = best?.Parameters ?? [mean];
            var left = y.Select((value, i) => value - (best?.Value(x[i]) ?? mean)).ToArray();
            var better = Starts(x, left, known).Where(start => start.Length < y.Length / 2)
                .Select(start => new StepFit(x, y, weights, start)).Where(fit => fit.IsPlausible(range)).MinBy(fit => fit.Criterion());
            if (better is null || better.Criterion() > criterion - VeryStrong)
            {
                return best is null ? null : new StepFit(x, y, weights, Ordered(best.Parameters));
            }

            (best, criterion) = (better, better.Criterion());
        }
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

    /// <summary>Where the next edge may be: at the steepest places of what is left over, a few points apart, or at its steepest rise and its steepest fall together.</summary>
    private static IEnumerable<double[]> Starts(double[] x, double[] left, double[] known)
    {
        int[] slopes = [.. Enumerable.Range(2, left.Length - 4).OrderBy(i => Slope(left, i))];
        var places = new List<int>();
        foreach (var place in slopes.OrderByDescending(i => Math.Abs(Slope(left, i))))
        {
            if (places.Count < MostPlaces && places.TrueForAll(other => Math.Abs(other - place) > Apart))
            {
                places.Add(place);
                yield return With(x, left, known, [place]);
            }
        }

        var (down, up) = (slopes[0], slopes[^1]);
        if (Math.Abs(up - down) >= 2)
        {
            yield return With(x, left, known, [Math.Min(up, down), Math.Max(up, down)]);
        }
    }

    /// <summary>The known parameters and new edges there, as high as what is left over differs up to the next edge on either side.</summary>
    private static double[] With(double[] x, double[] left, double[] known, int[] places)
    {
        var centres = Enumerable.Range(0, known.Length / PerEdge).Select(edge => Array.FindIndex(x, at => at >= known[(PerEdge * edge) + 2])).Where(index => index >= 0);
        int[] borders = [0, .. centres.Concat(places).Order(), left.Length];
        var start = new List<double>(known);
        foreach (var place in places)
        {
            var (before, after) = (borders.Last(border => border < place), borders.First(border => border > place));
            start.AddRange([Mean(left, place, after) - Mean(left, before, place), x[place], 1.5]);
        }

        start[0] += Mean(left, 0, places[0]);
        return [.. start];
    }

    private static double[] Ordered(double[] parameters) =>
        [parameters[0], .. Enumerable.Range(0, parameters.Length / PerEdge).Select(edge => parameters[((PerEdge * edge) + 1)..((PerEdge * edge) + 4)]).OrderBy(edge => edge[1]).SelectMany(edge => edge)];

    /// <summary>Edges that nearly cancel each other are one bend told twice.</summary>
    private bool IsPlausible(double range) => Enumerable.Range(0, Edges).All(edge => Math.Abs(Parameters[(PerEdge * edge) + 1]) < 2 * range);

    private double Value(double position) => Model(Parameters, position, new double[Parameters.Length]);

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

using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Eels.References;

/// <summary>Fits one spectrum after the other by the references. One for each thread.</summary>
internal sealed class ReferenceFit
{
    private const int Rounds = 3;     // of weights from the model before; the third changes amounts by less than 1e-3 of their uncertainty

    private readonly ReferenceSet set;
    private readonly bool counting;
    private readonly BoundedLeastSquares solver;
    private readonly double[] y;
    private readonly double[] model;
    private readonly double[] weights;
    private readonly double[] gram;
    private readonly double[] right;

    public ReferenceFit(ReferenceSet set, EelsReferencesParameters parameters)
    {
        (this.set, counting) = (set, parameters.Weights == ReferenceWeights.Counting);
        var (lower, upper) = (new double[set.Columns], new double[set.Columns]);
        lower.AsSpan(0, set.Names.Length).Fill(parameters.AllowNegative ? double.NegativeInfinity : 0);
        upper.AsSpan().Fill(double.PositiveInfinity);
        solver = new BoundedLeastSquares(lower, upper);
        (y, model, weights) = (new double[set.Range.Count], new double[set.Range.Count], new double[set.Range.Count]);
        (gram, right) = (new double[set.Columns * set.Columns], new double[set.Columns]);
        (Solution, Covariance) = (new double[set.Columns], new double[set.Columns * set.Columns]);
        NormalEquations.Gram(set.Design, set.Range.Count, [], gram);
    }

    /// <summary>Counts that each reference, then each shape of the background, explains.</summary>
    public double[] Solution { get; }

    public double[] Covariance { get; }

    /// <summary>The fitted sum.</summary>
    public ReadOnlySpan<double> Model => model;

    /// <summary>Root mean square of the residual over the mean of the counts.</summary>
    public double Residual { get; private set; }

    /// <summary>Fits the channels of the range of one spectrum; reduced chi-squared for counted electrons, NaN where there is no fit.</summary>
    public double Fit(ReadOnlySpan<float> spectrum)
    {
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = spectrum[set.Range.First + i];
            sum += y[i];
        }

        if (!(sum > 0) || !Solve(sum))
        {
            return double.NaN;
        }

        var (squares, chi) = (0.0, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var rest = y[i] - model[i];
            squares += rest * rest;
            chi += rest * rest / Math.Max(model[i], 1);
        }

        Residual = Math.Sqrt(squares / y.Length) / (sum / y.Length);
        solver.Covariance(Covariance);
        if (!counting)
        {
            for (var i = 0; i < Covariance.Length; i++)
            {
                Covariance[i] *= squares / (y.Length - set.Columns);
            }
        }

        return chi / (y.Length - set.Columns);
    }

    private bool Solve(double sum)
    {
        if (!counting)
        {
            NormalEquations.RightSide(set.Design, y.Length, [], y, right);
            var solved = solver.Solve(gram, right, Solution);
            NormalEquations.Model(set.Design, Solution, model);
            return solved;
        }

        Begin(sum);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = 1 / Math.Max(model[i], 1);
            }

            NormalEquations.Gram(set.Design, y.Length, weights, gram);
            NormalEquations.RightSide(set.Design, y.Length, weights, y, right);
            if (!solver.Solve(gram, right, Solution))
            {
                return false;
            }

            NormalEquations.Model(set.Design, Solution, model);
        }

        return true;
    }

    /// <summary>Weights to begin with: an even mixture of the references, of as many counts.</summary>
    private void Begin(double sum)
    {
        Span<double> even = stackalloc double[set.Columns];
        even.Fill(sum / set.Columns);
        NormalEquations.Model(set.Design, even, model);
    }
}

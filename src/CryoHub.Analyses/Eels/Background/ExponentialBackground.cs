using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>A power law (x = ln E / E1) or an exponential (x = E - E1 in widths of the window), E1 the first fitted channel: m = exp(a - r x).</summary>
internal sealed class ExponentialBackground : EdgeBackground
{
    private readonly BackgroundEstimator estimator;
    private readonly bool power;
    private readonly double[] fitX;
    private readonly float[] fitXNarrow;
    private readonly double[] signalX;
    private readonly float[] allX;
    private readonly double width; // of the window in x, from edge to edge
    private readonly double decayWidth;
    private readonly (double X, double XX) sums;

    public ExponentialBackground(EdgeChannels edge, EnergyScale scale, BackgroundShape shape, BackgroundEstimator estimator)
        : base(edge)
    {
        (this.estimator, power) = (estimator, shape != BackgroundShape.Exponential);
        var first = scale.At(edge.Before.First);
        decayWidth = edge.Before.HighEdge - edge.Before.LowEdge;
        fitX = [.. edge.FitChannels.Select(channel => X(scale.At(channel)))];
        fitXNarrow = [.. fitX.Select(x => (float)x)];
        signalX = [.. Enumerable.Range(edge.Signal.First, edge.Signal.Count).Select(channel => X(scale.At(channel)))];
        allX = [.. Enumerable.Range(0, scale.Channels).Select(channel => channel < edge.Before.First ? 0 : (float)X(scale.At(channel)))];
        width = X(edge.Before.HighEdge) - X(edge.Before.LowEdge);
        sums = (fitX.Sum(), fitX.Sum(x => x * x));
        double X(double energy) => power ? Math.Log(energy / first) : (energy - first) / decayWidth;
    }

    public override int Unknowns => 2;

    public override int Statistics => 2;

    public override (string Name, string Unit) ShapeName => power ? ("exponent r", "") : ("decay energy", "eV");

    public override void Summarise(ReadOnlySpan<float> fitted, Span<double> statistics) => (statistics[0], statistics[1]) = ExponentialFit.Sums(fitted, fitX);

    public override (double Background, double Variance, double Shape, double Misfit) Fit(ReadOnlySpan<float> fitted, ReadOnlySpan<double> shared, Span<double> unknowns)
    {
        var (a, r, varA, covariance, varR) = Solve(fitted, shared);
        (unknowns[0], unknowns[1]) = (a, r);
        var (g0, g1, _) = ExponentialFit.Moments(signalX, r);
        var background = Math.Exp(a) * g0;
        var slope = -g1 / g0;                                  // d ln B / dr
        var variance = background * background * (varA + (2 * slope * covariance) + (slope * slope * varR));
        return (background, variance, power ? r : decayWidth / r, ExponentialFit.ChiSquared(fitted, fitX, a, r) / (fitX.Length - 2));
    }

    public override void Subtract(ReadOnlySpan<float> counts, int first, ReadOnlySpan<double> unknowns, Span<float> net) =>
        ExponentialFit.Subtract(counts, allX.AsSpan(first, counts.Length), unknowns[0], unknowns[1], net);

    private (double A, double R, double VarA, double Covariance, double VarR) Solve(ReadOnlySpan<float> fitted, ReadOnlySpan<double> shared)
    {
        if (!shared.IsEmpty || estimator == BackgroundEstimator.MaximumLikelihood)
        {
            var (s0, s1) = shared.IsEmpty ? ExponentialFit.Sums(fitted, fitX) : (shared[0], shared[1]);
            var r = ExponentialFit.Likelihood(s0, s1, fitX);
            var (t0, t1, t2) = ExponentialFit.Moments(fitX, r);
            return Scaled(shared.IsEmpty ? s0 : WindowSums.Of(fitted), r, 1 / (s0 * ((t2 / t0) - (t1 * t1 / (t0 * t0)))), t0, t1);
        }

        switch (estimator)
        {
            case BackgroundEstimator.TwoAreas:
                var half = fitted.Length / 2;
                Span<double> first = [WindowSums.Of(fitted[..half])];
                Span<double> second = [WindowSums.Of(fitted.Slice(half, half))];
                Span<double> exponent = [double.NaN];
                var halves = width * 2 * half / fitted.Length;
                PowerLaw.FromTwoAreas(first, second, halves, exponent);
                var (m0, m1, _) = ExponentialFit.Moments(fitX, exponent[0]);
                return Scaled(WindowSums.Of(fitted), exponent[0], 4 / (halves * halves) * ((1 / first[0]) + (1 / second[0])), m0, m1);
            case BackgroundEstimator.LogLeastSquares:
                return LogLeastSquares(fitted);
            default:
                var (startR, startA) = PowerLaw.FromLogarithms(fitted, fitXNarrow);
                var (a, r) = ExponentialFit.LeastSquares(fitted, fitX, startA, startR);
                return LeastSquares(a, r);
        }
    }

    /// <summary>Height from the counts of the pixel, shape from elsewhere: both are independent for counted electrons.</summary>
    private static (double A, double R, double VarA, double Covariance, double VarR) Scaled(double counts, double r, double varR, double t0, double t1)
    {
        var slope = t1 / t0; // da/dr at fixed counts
        return (Math.Log(counts / t0), r, (1 / counts) + (slope * slope * varR), slope * varR, varR);
    }

    private (double A, double R, double VarA, double Covariance, double VarR) LogLeastSquares(ReadOnlySpan<float> fitted)
    {
        var (r, a) = PowerLaw.FromLogarithms(fitted, fitXNarrow);
        var (t0, t1, t2) = ExponentialFit.Moments(fitX, -r);   // the variance of ln y is 1 / m
        var scale = Math.Exp(-a);
        return Sandwich(a, r, fitX.Length, sums.X, sums.XX, scale * t0, scale * t1, scale * t2);
    }

    private (double A, double R, double VarA, double Covariance, double VarR) LeastSquares(double a, double r)
    {
        var (n0, n1, n2) = ExponentialFit.Moments(fitX, 2 * r);
        var (v0, v1, v2) = ExponentialFit.Moments(fitX, 3 * r); // the derivatives are m and -x m, the variance of y is m
        var scale = Math.Exp(-a);
        return Sandwich(a, r, n0, n1, n2, scale * v0, scale * v1, scale * v2);
    }

    /// <summary>Covariance N^-1 V N^-1 of a and -r, N the normal equations and V the same sums with the variance of the data.</summary>
    private static (double A, double R, double VarA, double Covariance, double VarR) Sandwich(double a, double r, double n0, double n1, double n2, double v0, double v1, double v2)
    {
        var d = (n0 * n2) - (n1 * n1);
        var (i0, i1, i2) = (n2 / d, -n1 / d, n0 / d);
        var (p, q, s, t) = ((i0 * v0) + (i1 * v1), (i0 * v1) + (i1 * v2), (i1 * v0) + (i2 * v1), (i1 * v1) + (i2 * v2));
        return (a, r, (p * i0) + (q * i1), -((p * i1) + (q * i2)), (s * i1) + (t * i2));
    }
}

using MathNet.Numerics.Distributions;

namespace CryoHub.Numerics.Statistics;

/// <summary>What one group of measurements says of its mean.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Arithmetic mean; NaN without values.</param>
/// <param name="Deviation">Standard deviation of the sample (n − 1); NaN below two values.</param>
/// <param name="Low">Lower end of the 95 % confidence interval of the mean, by Student's t; NaN below two values.</param>
/// <param name="High">Its upper end.</param>
public sealed record Summary(int Count, double Mean, double Deviation, double Low, double High)
{
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Summary Of(IReadOnlyList<double> values)
    {
        Samples.RequireFinite(values);
        var (n, mean) = (values.Count, Samples.Mean(values));
        if (n < 2)
        {
            return new Summary(n, mean, double.NaN, double.NaN, double.NaN);
        }

        var deviation = Math.Sqrt(Samples.Variance(values));
        var half = StudentT.InvCDF(0, 1, n - 1, 0.975) * deviation / Math.Sqrt(n);
        return new Summary(n, mean, deviation, mean - half, mean + half);
    }
}

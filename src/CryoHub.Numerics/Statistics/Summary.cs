using MathNet.Numerics.Distributions;

namespace CryoHub.Numerics.Statistics;

/// <summary>What one group of measurements says of its mean.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">Arithmetic mean; <c>null</c> without values.</param>
/// <param name="Deviation">Standard deviation of the sample (n − 1); <c>null</c> below two values.</param>
/// <param name="Low">Lower end of the 95 % confidence interval of the mean, by Student's t; <c>null</c> below two values.</param>
/// <param name="High">Its upper end.</param>
public sealed record Summary(int Count, double? Mean, double? Deviation, double? Low, double? High)
{
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Summary Of(IReadOnlyList<double> values)
    {
        Samples.RequireFinite(values);
        var (n, mean) = (values.Count, Samples.Mean(values));
        if (n < 2)
        {
            return new Summary(n, n == 0 ? null : mean, null, null, null);
        }

        var deviation = Math.Sqrt(Samples.Variance(values));
        var half = StudentT.InvCDF(0, 1, n - 1, 0.975) * deviation / Math.Sqrt(n);
        return new Summary(n, mean, deviation, mean - half, mean + half);
    }
}

using MathNet.Numerics.Distributions;

namespace CryoHub.Numerics.Statistics;

/// <summary>How far two groups lie apart, beside whether they do.</summary>
/// <param name="G">Hedges' g: difference of means over the pooled deviation, corrected for small samples (J. Educ. Stat. 6 (1981) 107); <c>null</c> where nothing varies.</param>
/// <param name="Low">Lower end of its 95 % confidence interval (large-sample variance).</param>
/// <param name="High">Its upper end.</param>
/// <param name="Delta">Cliff's delta, −1 to 1: how much more often a value of the first group is the larger one (Psychol. Bull. 114 (1993) 494).</param>
public sealed record Effect(double? G, double? Low, double? High, double Delta)
{
    /// <exception cref="ArgumentException">A group has fewer than two values, or a value is not finite.</exception>
    public static Effect Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        Samples.RequireFinite(a);
        Samples.RequireFinite(b);
        if (a.Count < 2 || b.Count < 2)
        {
            throw new ArgumentException($"Groups of {a.Count} and {b.Count} values; an effect size takes two in each.");
        }

        double na = a.Count, nb = b.Count, freedom = na + nb - 2;
        var pooled = Math.Sqrt((((na - 1) * Samples.Variance(a)) + ((nb - 1) * Samples.Variance(b))) / freedom);
        double? g = pooled > 0 ? (Samples.Mean(a) - Samples.Mean(b)) / pooled * (1 - (3 / ((4 * freedom) - 1))) : null;
        var half = Normal.InvCDF(0, 1, 0.975) * Math.Sqrt(((na + nb) / (na * nb)) + ((g ?? 0) * (g ?? 0) / (2 * (na + nb))));
        var (ranks, _) = Samples.Rank([.. a, .. b]);
        var u = ranks.Take(a.Count).Sum() - (na * (na + 1) / 2);
        return new Effect(g, g - half, g + half, (2 * u / (na * nb)) - 1);
    }
}

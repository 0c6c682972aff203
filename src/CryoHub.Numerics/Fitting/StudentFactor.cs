namespace CryoHub.Numerics.Fitting;

/// <summary>Widens a standard error that comes from few values, so that it still covers the truth in 68.27 % of all cases.</summary>
public static class StudentFactor
{
    // Student's t at two-sided 68.27 % for 1 to 10 degrees of freedom.
    private static readonly double[] OneSigma = [1.8373, 1.3213, 1.1969, 1.1417, 1.1105, 1.0906, 1.0767, 1.0665, 1.0587, 1.0526];

    /// <summary>The factor for <paramref name="freedom"/> degrees of freedom, at least 1; in between linear in its reciprocal, beyond 10 the excess falls as its reciprocal.</summary>
    public static double Of(double freedom)
    {
        if (freedom >= OneSigma.Length)
        {
            return 1 + ((OneSigma[^1] - 1) * OneSigma.Length / freedom);
        }

        var below = Math.Clamp((int)freedom, 1, OneSigma.Length - 1);
        var share = ((1.0 / below) - (1 / Math.Max(1, freedom))) / ((1.0 / below) - (1.0 / (below + 1)));
        return OneSigma[below - 1] + (share * (OneSigma[below] - OneSigma[below - 1]));
    }
}

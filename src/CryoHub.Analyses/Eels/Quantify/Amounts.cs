namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Atoms of each element, their fractions and one sigma of both; NaN where there is no value.</summary>
internal readonly record struct Amounts(double[] Atoms, double[] Errors, double[] Fractions, double[] FractionErrors)
{
    /// <summary>
    /// Fractions f = N / sum N; var f = ((1 - f)^2 var N + f^2 times the other variances) / (sum N)^2. Noise may make an amount negative and is left so, or means of maps
    /// would be too high; where the sum is not positive by one sigma nothing can be said.
    /// </summary>
    public static Amounts Of(double[] atoms, double[] errors)
    {
        var sum = atoms.Sum();
        var variance = errors.Sum(error => error * error);
        var fractions = new double[atoms.Length];
        var fractionErrors = new double[atoms.Length];
        for (var e = 0; e < atoms.Length; e++)
        {
            var f = atoms[e] / sum;
            var others = variance - (errors[e] * errors[e]);
            var known = sum > Math.Sqrt(variance);
            fractions[e] = known ? f : double.NaN;
            fractionErrors[e] = known ? Math.Sqrt((((1 - f) * (1 - f) * errors[e] * errors[e]) + (f * f * others)) / (sum * sum)) : double.NaN;
        }

        return new Amounts(atoms, errors, fractions, fractionErrors);
    }
}

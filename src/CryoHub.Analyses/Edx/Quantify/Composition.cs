namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>
/// Composition of counts: mass of element i = factor_i I_i A_i, A_i the absorption correction of the composition found, found by iteration. Holds scratch memory: one for each
/// thread.
/// </summary>
internal sealed class Composition(QuantifiedLine[] lines, Absorption? absorption, double electrons)
{
    private const int MostRounds = 60;
    private const double Settled = 1e-7;
    private const double GramsPerKilogram = 0.1;   // kg/m2 to g/cm2

    private readonly double[] masses = new double[lines.Length];
    private readonly double[] factors = new double[lines.Length];
    private readonly double[] slopes = new double[lines.Length];

    /// <summary>Mass fractions of the last solution.</summary>
    public ReadOnlySpan<double> Masses => masses;

    /// <summary>Absorption corrections of the last solution.</summary>
    public ReadOnlySpan<double> Corrections => factors;

    /// <summary>Mass thickness of the last solution with zeta factors, kg/m2; NaN otherwise.</summary>
    public double MassThickness { get; private set; }

    /// <summary>
    /// Atomic fractions <paramref name="atoms"/> of <paramref name="counts"/> of the families; with their errors from <paramref name="covariance"/> [line, line], or from
    /// its diagonal where that is all there is. False (and NaN) where the masses do not add up to anything or the correction does not settle.
    /// </summary>
    public bool Solve(ReadOnlySpan<double> counts, ReadOnlySpan<double> covariance, Span<double> atoms, Span<double> errors)
    {
        factors.AsSpan().Fill(1);
        var settled = absorption is null;
        var total = Share(counts);
        for (var round = 0; round < MostRounds && !settled && total > 0; round++)
        {
            var thickness = electrons > 0 ? GramsPerKilogram * total / electrons : absorption!.MassThickness(masses) ?? 0;
            absorption!.Factors(masses, thickness, factors);
            var before = total;
            total = Share(counts);
            settled = Math.Abs(total - before) <= Settled * total;
        }

        MassThickness = electrons > 0 ? total / electrons : double.NaN;
        if (!(total > 0) || !settled)
        {
            masses.AsSpan().Fill(double.NaN);
            atoms.Fill(double.NaN);
            errors.Fill(double.NaN);
            return false;
        }

        Atoms(covariance, counts, atoms, errors);
        return true;
    }

    private double Share(ReadOnlySpan<double> counts)
    {
        var total = 0.0;
        for (var i = 0; i < masses.Length; i++)
        {
            masses[i] = lines[i].Mass * counts[i] * factors[i];
            total += masses[i];
        }

        for (var i = 0; i < masses.Length; i++)
        {
            masses[i] /= total;
        }

        return total;
    }

    private void Atoms(ReadOnlySpan<double> covariance, ReadOnlySpan<double> counts, Span<double> atoms, Span<double> errors)
    {
        var n = atoms.Length;
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            slopes[i] = lines[i].Mass * factors[i] / lines[i].AtomicWeight;
            sum += slopes[i] * counts[i];
        }

        for (var i = 0; i < n; i++)
        {
            atoms[i] = slopes[i] * counts[i] / sum;
        }

        for (var i = 0; i < n; i++)
        {
            var variance = 0.0;
            for (var j = 0; j < n; j++)
            {
                var a = slopes[j] / sum * ((i == j ? 1 : 0) - atoms[i]);
                if (covariance.Length == n)
                {
                    variance += a * a * covariance[j];
                    continue;
                }

                for (var k = 0; k < n; k++)
                {
                    variance += a * slopes[k] / sum * ((i == k ? 1 : 0) - atoms[i]) * covariance[(j * n) + k];
                }
            }

            errors[i] = Math.Sqrt(Math.Max(0, variance));
        }
    }
}

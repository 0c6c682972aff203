namespace CryoHub.Numerics.Spectra;

/// <summary>The dielectric function behind a loss function Im(-1/eps) (Egerton 2011, section 4.2).</summary>
public static class KramersKronig
{
    /// <summary>
    /// Re(1/eps)(E) = 1 - (2/pi) P integral of Im(-1/eps)(E') E' / (E'^2 - E^2) dE', the principal value by Maclaurin's formula: only channels an odd number away take part, twice
    /// (Ohta and Ishida, Appl. Spectrosc. 42 (1988) 952). Channel i of <paramref name="loss"/> lies at (i + 1) <paramref name="step"/>; beyond the last one nothing is lost.
    /// </summary>
    /// <param name="loss">Im(-1/eps).</param>
    /// <param name="step">Width of a channel, in eV.</param>
    /// <param name="real">As long as the loss: eps1.</param>
    /// <param name="imaginary">As long as the loss: eps2.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Dielectric(ReadOnlySpan<double> loss, double step, Span<double> real, Span<double> imaginary)
    {
        if (real.Length != loss.Length || imaginary.Length != loss.Length)
        {
            throw new ArgumentException($"Expected {loss.Length} channels, found {real.Length} and {imaginary.Length}.", nameof(real));
        }

        for (var i = 0; i < loss.Length; i++)
        {
            var (energy, sum) = ((i + 1) * step, 0.0);
            for (var j = (i + 1) % 2; j < loss.Length; j += 2)
            {
                var other = (j + 1) * step;
                sum += loss[j] * other / ((other - energy) * (other + energy));
            }

            var inverse = 1 - (2 / Math.PI * 2 * step * sum);
            var norm = (inverse * inverse) + (loss[i] * loss[i]);
            (real[i], imaginary[i]) = (inverse / norm, loss[i] / norm);
        }
    }

    /// <summary>
    /// Square of the plasmon energy of all electrons that a function accounts for up to every channel: (2/pi) integral of E f(E) dE, f being Im(-1/eps) or eps2 (Bethe's sum rule).
    /// </summary>
    public static void SumRule(ReadOnlySpan<double> function, double step, Span<double> squares)
    {
        var sum = 0.0;
        for (var i = 0; i < function.Length; i++)
        {
            sum += function[i] * (i + 1) * step;
            squares[i] = 2 / Math.PI * step * sum;
        }
    }
}

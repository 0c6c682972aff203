namespace CryoHub.Numerics.Spectra;

/// <summary>
/// Generalised oscillator strength per eV and atom, df/dE, of K and L shells in the hydrogenic model with screened charge (Egerton, Electron Energy-Loss Spectroscopy in the
/// Electron Microscope, 3rd ed., section 3.6.1 and appendix B, SIGMAK and SIGMAL). Energies in eV; momentum transfer as (q a0)^2.
/// </summary>
public static class HydrogenicStrength
{
    private const double Rydberg = 13.606;    // eV
    private const int FirstL = 11;            // sodium

    /// <summary>Exponents of Egerton's factor that brings the L shells to Hartree-Slater values, sodium to krypton (appendix B, SIGMAL); 0.1 above.</summary>
    private static readonly double[] Exponents =
        [0.82, 0.52, 0.52, 0.42, 0.30, 0.29, 0.22, 0.30, 0.22, 0.16, 0.12, 0.13, 0.13, 0.14, 0.16, 0.18, 0.19, 0.22, 0.14, 0.11, 0.12, 0.12, 0.12, 0.10, 0.10, 0.10];

    /// <summary>df/dE of the K shell of element <paramref name="z"/> (2 and above) at energy loss <paramref name="energy"/>.</summary>
    public static double K(double energy, double momentum, int z)
    {
        var charge = z - 0.5;
        var scale = charge * charge;
        var q = momentum / scale;
        var k2 = (energy / (Rydberg * scale)) - 1;
        var k = Math.Max(Math.Sqrt(Math.Abs(k2)), 0.01);
        var (exponential, normalisation) = Continuum(q - k2 + 1, 2 * k, k, k2 >= 0);
        var distance = ((q - k2 + 1) * (q - k2 + 1)) + (4 * k2);
        return 256 * energy / (Rydberg * Rydberg * scale * scale) * exponential / normalisation * (q + ((k2 + 1) / 3)) / (distance * distance * distance);
    }

    /// <summary>
    /// df/dE of the L shell of element <paramref name="z"/> (sodium and above): 2p between the onsets of L3 and L1, 2p and 2s above; without white lines.
    /// </summary>
    public static double L(double energy, double momentum, int z, double onsetL3, double onsetL1)
    {
        var charge = z - (0.35 * 7) - 1.7;   // Slater's rules: seven others in the shell, two below
        var scale = charge * charge;
        var q = momentum / scale;
        var k2 = (energy / (Rydberg * scale)) - 0.25;
        var k = Math.Sqrt(Math.Abs(k2));
        var (exponential, normalisation) = Continuum(q - k2 + 0.25, k, k, k2 >= 0);
        var distance = ((q - k2 + 0.25) * (q - k2 + 0.25)) + k2;
        var strength = energy <= onsetL1 ? TwoP(q, k2) / Math.Pow(distance, 5) : TwoSAndTwoP(q, k2) / Math.Pow(distance, 4);
        var exponent = z - FirstL < Exponents.Length ? Exponents[Math.Max(0, z - FirstL)] : 0.1;
        var correction = Math.Pow(Math.Max(0, energy + 0.1 - onsetL3) / (1.8 * z * z), exponent);
        return correction * 32 * strength * exponential / normalisation * energy / (Rydberg * Rydberg * scale * scale);
    }

    /// <summary>The two factors that the outgoing electron's wave adds, above and below the hydrogenic onset.</summary>
    private static (double Exponential, double Normalisation) Continuum(double real, double imaginary, double k, bool above)
    {
        if (!above)
        {
            return (Math.Exp(-1 / k * Math.Log((real + imaginary) / (real - imaginary))), 1);
        }

        return (Math.Exp(-2 / k * Math.Atan2(imaginary, real)), 1 - Math.Exp(-2 * Math.PI / k));
    }

    private static double TwoP(double q, double k2) =>
        (2.25 * q * q * q * q)
        - ((0.75 + (3 * k2)) * q * q * q)
        + ((0.59375 - (0.75 * k2) - (0.5 * k2 * k2)) * q * q)
        + ((0.11146 + (0.85417 * k2) + (1.8833 * k2 * k2) + (k2 * k2 * k2)) * q)
        + 0.0035807 + (k2 / 21.333) + (k2 * k2 / 4.5714) + (k2 * k2 * k2 / 2.4) + (k2 * k2 * k2 * k2 / 4);

    private static double TwoSAndTwoP(double q, double k2) =>
        (q * q * q)
        - (((5 * k2 / 3) + (11 / 12.0)) * q * q)
        + (((k2 * k2 / 3) + (1.5 * k2) + (65 / 48.0)) * q)
        + (k2 * k2 * k2 / 3) + (0.75 * k2 * k2) + (23 * k2 / 48) + (5 / 64.0);
}

namespace CryoHub.Numerics.Spectra;

/// <summary>Relativistic kinematics of fast electrons that lose energy (Egerton, 3rd ed., sections 3.6 and 4.5, appendix B). Energies in eV, angles in rad.</summary>
public static class InelasticScattering
{
    private const double Rest = 510998.95;    // eV, CODATA 2018
    private const double Rydberg = 13.605693; // eV
    private const double Bohr = 3.5166e8;     // 4 pi a0^2 in barn
    private const int Intervals = 64;         // of Simpson's rule over four to five decades of q^2: converged to 1e-5

    /// <summary>T = m v^2 / 2 of electrons of that kinetic energy.</summary>
    public static double HalfMassVelocitySquared(double beam)
    {
        var gamma = 1 + (beam / Rest);
        return Rest * (1 - (1 / (gamma * gamma))) / 2;
    }

    /// <summary>thetaE = E / (2 gamma T), the characteristic angle of an energy loss.</summary>
    public static double CharacteristicAngle(double energy, double beam) => energy / (2 * (1 + (beam / Rest)) * HalfMassVelocitySquared(beam));

    /// <summary>The least (q a0)^2 of an energy loss, and the greatest within <paramref name="angle"/>.</summary>
    public static (double Least, double Greatest) Momentum(double energy, double beam, double angle)
    {
        var gamma = 1 + (beam / Rest);
        var t = HalfMassVelocitySquared(beam);
        var least = (energy * energy / (4 * Rydberg * t)) + (energy * energy * energy / (8 * gamma * gamma * gamma * Rydberg * t * t));
        var before = t / (Rydberg * (1 - (2 * t / Rest)));
        var after = before - (energy / Rydberg * (gamma - (energy / (2 * Rest))));
        var sine = Math.Sin(angle / 2);
        return (least, least + (4 * Math.Sqrt(before * Math.Max(after, 0)) * sine * sine));
    }

    /// <summary>
    /// d sigma / dE in barn per eV of scattering within <paramref name="angle"/>: 4 pi a0^2 (R/T) (R/E) times the integral of df/dE over ln (q a0)^2.
    /// </summary>
    /// <param name="strength">df/dE as a function of (q a0)^2.</param>
    /// <param name="energy">Energy loss.</param>
    /// <param name="beam">Kinetic energy of the electrons.</param>
    /// <param name="angle">Collection semi-angle.</param>
    public static double CrossSection(Func<double, double> strength, double energy, double beam, double angle)
    {
        ArgumentNullException.ThrowIfNull(strength);
        var (least, greatest) = Momentum(energy, beam, angle);
        var (low, step) = (Math.Log(least), Math.Log(greatest / least) / Intervals);
        var sum = 0.0;
        for (var i = 0; i <= Intervals; i++)
        {
            sum += (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2) * strength(Math.Exp(low + (i * step)));
        }

        return Bohr * Rydberg / HalfMassVelocitySquared(beam) * Rydberg / energy * sum * step / 3;
    }

    /// <summary>
    /// The collection semi-angle that would catch, without convergence, the fraction of the scattering that <paramref name="collection"/> catches of a cone of
    /// <paramref name="convergence"/> (Lorentzian angular distribution; section 4.5.3 and appendix B, CONCOR2; incident intensity inside the collection angle only).
    /// </summary>
    public static double EffectiveCollection(double energy, double beam, double convergence, double collection)
    {
        if (convergence < 1e-6)
        {
            return collection;
        }

        var (a, b) = (convergence * convergence, collection * collection);
        var theta = CharacteristicAngle(energy, beam);
        var t = theta * theta;
        var overlap = Math.Sqrt(((a + b + t) * (a + b + t)) - (4 * a * b)) - a - b - t
            + (2 * b * Math.Log((Math.Sqrt(((a + t - b) * (a + t - b)) + (4 * b * t)) + a + t - b) / (2 * t)))
            + (2 * a * Math.Log((Math.Sqrt(((b + t - a) * (b + t - a)) + (4 * a * t)) + b + t - a) / (2 * t)));
        var fraction = overlap / (2 * a * Math.Log(1 + (b / t))) * Math.Max(1, a / b);
        return theta * Math.Sqrt(Math.Pow(1 + (b / t), fraction) - 1);
    }
}

namespace CryoHub.Analyses.Edx.XRays;

/// <summary>
/// Cross section for a fast electron to empty a shell, from the shell's photoelectric cross section (optical-data model: Mayol and Salvat, J. Phys. B 23 (1990) 2117).
/// Distant collisions take the photoelectric oscillator strength df/dW; close ones are those with a free electron at rest (Moller) for
/// every strength below the energy loss W.
/// </summary>
internal static class ElectronIonisation
{
    private const double RestEnergy = 510998.95;              // eV
    private const double Scale = 2.5496e-19;                  // 2 pi r_e^2 m c^2, cm^2 eV
    private const double StrengthPerArea = 1 / 1.09761e-16;   // 1 / (2 pi^2 e^2 hbar / m c), 1/(cm^2 eV)
    private const double Avogadro = 6.02214076e23;
    private const double GridStep = 0.06;                     // in ln W

    /// <summary>
    /// cm^2 an atom, to about 20 % of distorted-wave values (Bote and Salvat 2008) for inner shells from 1.4 times threshold to 1 GeV; 0 below the shell's edge and where there
    /// is no such shell.
    /// </summary>
    /// <param name="z">Atomic number.</param>
    /// <param name="shell">Number of the shell in <see cref="Xraylib"/>.</param>
    /// <param name="beamEv">Kinetic energy of the electron.</param>
    public static double CrossSection(int z, int shell, double beamEv)
    {
        var edge = 1e3 * Xraylib.EdgeEnergy(z, shell);
        if (!(edge > 0) || beamEv <= edge)
        {
            return 0;
        }

        var gamma = 1 + (beamEv / RestEnergy);
        var beta2 = 1 - (1 / (gamma * gamma));
        var moller = Math.Pow((gamma - 1) / gamma, 2);
        var transverse = Math.Log(gamma * gamma) - beta2;
        var inEffect = beamEv + edge;   // what both electrons share after the collision, and the edge
        var points = (int)Math.Ceiling(Math.Log(beamEv / edge) / GridStep);
        var step = Math.Log(beamEv / edge) / points;
        var perAtom = Xraylib.AtomicWeight(z) / Avogadro * StrengthPerArea;
        var (strength, sum) = (0.0, 0.0);
        for (var i = 0; i < points; i++)
        {
            var loss = edge * Math.Exp((i + 0.5) * step);
            var width = loss * step;
            var density = perAtom * Xraylib.PhotoOfShell(z, shell, loss / 1e3);
            var recoil = LeastRecoil(beamEv, loss);
            var longitudinal = Math.Log(loss / recoil * (recoil + (2 * RestEnergy)) / (loss + (2 * RestEnergy)));
            sum += width * density / loss * Math.Max(0, longitudinal + transverse);
            strength += width * density / 2;
            if (loss < inEffect / 2)
            {
                var ratio = loss / (inEffect - loss);
                sum += width / (loss * loss) * strength * (1 + (ratio * ratio) - ((1 - moller) * ratio) + (moller * loss * loss / (inEffect * inEffect)));
            }

            strength += width * density / 2;
        }

        return Scale / beta2 * sum;
    }

    /// <summary>Energy of a free electron that takes the least momentum allowed for a loss.</summary>
    private static double LeastRecoil(double beam, double loss)
    {
        var before = Math.Sqrt(beam * (beam + (2 * RestEnergy)));
        var after = Math.Sqrt((beam - loss) * (beam - loss + (2 * RestEnergy)));
        var square = (before - after) * (before - after);
        return square / (Math.Sqrt(square + (RestEnergy * RestEnergy)) + RestEnergy);
    }
}

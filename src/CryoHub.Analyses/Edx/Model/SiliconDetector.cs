using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>Which share of the photons a silicon detector counts, and how many of them lose a silicon photon again (Reed and Ware, J. Phys. E 5 (1972) 582).</summary>
internal sealed class SiliconDetector
{
    /// <summary>Energy of the silicon photon that escapes.</summary>
    public const double EscapeEv = 1739.9;

    private const int Si = 14;
    private const double SiliconCm = 0.045, DeadLayerCm = 5e-6, SiliconDensity = 2.329;
    private const double GridOpen = 0.78, GridCm = 0.038;      // silicon grid that carries a polymer window
    private const double LeastEv = 100.1;                      // xraylib's attenuation begins at 100 eV
    private const double TableStep = 0.005;                    // in ln E

    private const double SteepAttenuation = 2800;              // cm^2/g at 2 keV

    private readonly double[] efficiency;

    public SiliconDetector(DetectorWindow window)
    {
        Window = window;
        efficiency = [.. Enumerable.Range(0, 1 + (int)(Math.Log(2e5 / LeastEv) / TableStep)).Select(i => Calculate(LeastEv * Math.Exp(i * TableStep)))];
    }

    public DetectorWindow Window { get; }

    /// <summary>Counted photons in one that meets the detector.</summary>
    public double Efficiency(double ev)
    {
        var at = Math.Clamp(Math.Log(ev / LeastEv) / TableStep, 0, efficiency.Length - 1.001);
        var i = (int)at;
        return efficiency[i] + ((at - i) * (efficiency[i + 1] - efficiency[i]));
    }

    /// <summary>Share of the counted photons that is found in the escape peak, 1.74 keV below.</summary>
    public static double EscapeShare(double ev)
    {
        var edge = 1e3 * Xraylib.EdgeEnergy(Si, Xraylib.K);
        if (ev <= edge)
        {
            return 0;
        }

        var incident = Xraylib.Attenuation(Si, ev / 1e3);
        var own = Xraylib.Attenuation(Si, EscapeEv / 1e3);
        var inK = Xraylib.PhotoOfShell(Si, Xraylib.K, ev / 1e3) / incident;
        return 0.5 * inK * Xraylib.FluorescenceYield(Si, Xraylib.K) * (1 - (own / incident * Math.Log(1 + (incident / own))));
    }

    /// <summary>How strongly silicon absorbs, against photons just above its own edge; 1 at most.</summary>
    public static double Shallowness(double ev) => Math.Min(1, Xraylib.Attenuation(Si, Math.Max(ev, LeastEv) / 1e3) / SteepAttenuation);

    private double Calculate(double ev)
    {
        var kev = ev / 1e3;
        var silicon = Xraylib.Attenuation(Si, kev) * SiliconDensity;
        var counted = Math.Exp(-silicon * DeadLayerCm) * (1 - Math.Exp(-silicon * SiliconCm));
        return Window switch
        {
            DetectorWindow.Polymer => counted * Math.Exp(-Polymer(kev)) * (GridOpen + ((1 - GridOpen) * Math.Exp(-silicon * GridCm))),
            DetectorWindow.Beryllium => counted * Math.Exp(-Xraylib.Attenuation(4, kev) * 1.848 * 8e-4),
            _ => counted,
        };
    }

    /// <summary>300 nm of C10H8O3N (1.43 g/cm3) and 40 nm of aluminium.</summary>
    private static double Polymer(double kev)
    {
        var (c, h, o, n) = (10 * 12.011, 8 * 1.008, 3 * 15.999, 14.007);
        var mass = ((c * Xraylib.Attenuation(6, kev)) + (h * Xraylib.Attenuation(1, kev)) + (o * Xraylib.Attenuation(8, kev)) + (n * Xraylib.Attenuation(7, kev))) / (c + h + o + n);
        return (mass * 1.43 * 3e-5) + (Xraylib.Attenuation(13, kev) * 2.70 * 4e-6);
    }
}

namespace CryoHub.Analyses.Phantoms;

/// <summary>One ionisation edge of the generated interphase.</summary>
/// <param name="Name">Element and shell, for instance <c>O K</c>.</param>
/// <param name="OnsetEv">Edge energy (EELS Atlas, Ahn and Krivanek 1983).</param>
/// <param name="Jump">Height over the background at the onset for a full layer of the element.</param>
public sealed record CoreLossEdge(string Name, double OnsetEv, double Jump)
{
    private const double Decay = 4; // a hydrogenic K edge falls about as E^-4
    private const double Blur = 1; // onset spread over about 1 eV by the energy resolution

    /// <summary>Shape of the edge, 1 just above the onset.</summary>
    public double At(double energyEv) => Math.Pow(Math.Max(energyEv, 1) / OnsetEv, -Decay) / (1 + Math.Exp(-(energyEv - OnsetEv) / (Blur / 4)));
}

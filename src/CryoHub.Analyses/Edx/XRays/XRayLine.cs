namespace CryoHub.Analyses.Edx.XRays;

/// <summary>One line of a family; <paramref name="Weight"/> is its share of the family's photons, <paramref name="Subshell"/> the shell it fills, as <see cref="Xraylib"/> counts them.</summary>
internal readonly record struct XRayLine(string Name, double EnergyEv, double Weight, int Subshell)
{
    /// <summary>Stands for both subshells where a line comes from the weakly bound s and p shells: their rates are poorly known.</summary>
    public const int Outermost = 9;
}

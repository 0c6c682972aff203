using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>The family that stands for an element.</summary>
/// <param name="Part">Its place in the fit.</param>
/// <param name="Family">Its lines.</param>
/// <param name="Share">Share of its counts in the main line.</param>
/// <param name="Factor">k-factor (relative) or zeta-factor (kg/m2) of the main line.</param>
/// <param name="IsGiven">Whether a person gave the factor.</param>
internal sealed record QuantifiedLine(int Part, XRayFamily Family, double Share, double Factor, bool IsGiven)
{
    public double AtomicWeight { get; } = AtomicWeights.Of(Family.Z);

    /// <summary>Mass that one counted photon of the family stands for.</summary>
    public double Mass => Factor * Share;

    /// <summary>Photons counted of the main line an atom an area, without the solid angle: what factors are the inverse of.</summary>
    public static double Yield(SpectrumPart part, SiliconDetector detector) =>
        part.Family!.PhotonArea * part.Family.Lines.Sum(line => line.Weight * detector.Efficiency(line.EnergyEv)) * part.MainShare;
}

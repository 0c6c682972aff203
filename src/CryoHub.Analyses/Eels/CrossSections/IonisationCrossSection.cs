using CryoHub.Analyses.Eels.Edges;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.CrossSections;

/// <summary>
/// Hydrogenic cross section of a K or L shell for electrons of <paramref name="beam"/>, corrected for convergence and collection at the onset. L is the sum of L3 and L2, the
/// latter half as strong and at its own onset (statistical weights 4 : 2), and of L1 above its onset; it has no white lines.
/// </summary>
internal sealed class IonisationCrossSection(EelsEdge edge, Beam beam)
{
    private const int Samples = 2;   // a channel: cross sections are smooth above the onset

    private readonly double angle = InelasticScattering.EffectiveCollection(edge.OnsetEv, 1e3 * beam.EnergyKeV, 1e-3 * beam.ConvergenceMrad, 1e-3 * beam.CollectionMrad);
    private readonly double onsetL1 = EdgeTable.Find(edge.Element, "L1")?.OnsetEv ?? double.PositiveInfinity;
    private readonly double splitting = edge.Family == 'L' ? (EdgeTable.Find(edge.Element, "L2")!.OnsetEv - EdgeTable.Find(edge.Element, "L3")!.OnsetEv) : 0;

    /// <summary>Whether the model covers that edge: K from lithium, L2,3 from sodium.</summary>
    public static bool Covers(EelsEdge edge) => edge.Shell is "K" or "L3" or "L2,3" && edge.Z >= 3;

    /// <summary>Effective collection semi-angle in mrad.</summary>
    public double EffectiveCollectionMrad => 1e3 * angle;

    /// <summary>Barn per eV and atom at <paramref name="energyEv"/>; 0 below the onset.</summary>
    /// <exception cref="ProblemException">The model does not cover the shell.</exception>
    public double At(double energyEv) => edge.Family == 'L' ? L3(energyEv) + (0.5 * L3(energyEv - splitting)) : K(energyEv);

    /// <summary>The part of <see cref="At"/> that is L3 and, above its onset, L1.</summary>
    public double L3(double energyEv) => energyEv < edge.OnsetEv
        ? 0
        : InelasticScattering.CrossSection(q => HydrogenicStrength.L(energyEv, q, edge.Z, edge.OnsetEv, onsetL1), energyEv, 1e3 * beam.EnergyKeV, angle);

    /// <summary>Barn an atom within each channel from <paramref name="lowestEdgeEv"/> on, <paramref name="stepEv"/> wide, the edge moved by <paramref name="shiftEv"/>.</summary>
    public double[] Channels(double lowestEdgeEv, double stepEv, int channels, double shiftEv = 0)
    {
        var barns = new double[channels];
        var onset = edge.OnsetEv + shiftEv;
        for (var channel = 0; channel < channels; channel++)
        {
            var (low, high) = (Math.Max(onset, lowestEdgeEv + (channel * stepEv)), lowestEdgeEv + ((channel + 1) * stepEv));
            for (var sample = 0; sample < Samples && high > low; sample++)
            {
                barns[channel] += (high - low) / Samples * At(low - shiftEv + ((high - low) * (sample + 0.5) / Samples));
            }
        }

        return barns;
    }

    /// <summary>Barn an atom between two energies.</summary>
    public double Between(double fromEv, double toEv) => Channels(fromEv, (toEv - fromEv) / 200, 200).Sum();

    private double K(double energyEv) => energyEv < edge.OnsetEv
        ? 0
        : InelasticScattering.CrossSection(q => HydrogenicStrength.K(energyEv, q, edge.Z), energyEv, 1e3 * beam.EnergyKeV, angle);
}

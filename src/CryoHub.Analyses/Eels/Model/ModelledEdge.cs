using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>An edge of the model at its place in the spectrum.</summary>
internal sealed record ModelledEdge(EelsEdge Edge, double OnsetEv, double FineStructureEv, IonisationCrossSection CrossSection)
{
    private const double Blur = 3;   // eV before the onset that energy resolution and chemical shifts fill

    /// <summary>Whether counts at that energy are left free.</summary>
    public bool Frees(double energy) => FineStructureEv > 0 && energy >= OnsetEv - Blur && energy < OnsetEv + FineStructureEv;

    /// <summary>Distance of L2 from L3 or M4 from M5; 0 where there is one line or none.</summary>
    public double SplittingEv => Edge.Shell == "L3" ? EdgeTable.Find(Edge.Element, "L2")!.OnsetEv - Edge.OnsetEv : 0;
}

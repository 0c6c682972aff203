using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.CrossSections;

/// <summary>The electrons and the angles that decide a cross section: keV, and semi-angles in mrad.</summary>
internal sealed record Beam(double EnergyKeV, double ConvergenceMrad, double CollectionMrad)
{
    /// <summary>The given values, for the rest those of the file.</summary>
    /// <exception cref="ProblemException">A value is neither given nor in the file, or it is no possible one.</exception>
    public static Beam Of(double? energyKeV, double? convergenceMrad, double? collectionMrad, AcquisitionMetadata metadata)
    {
        var beam = new Beam(
            energyKeV ?? metadata.BeamEnergyKeV ?? throw Missing("beam energy (E0, keV)", "beamEnergy"),
            convergenceMrad ?? metadata.ConvergenceMrad ?? throw Missing("convergence semi-angle (mrad)", "convergence"),
            collectionMrad ?? metadata.CollectionMrad ?? throw Missing("collection semi-angle (mrad)", "collection"));
        return beam.EnergyKeV is >= 1 and <= 3000 && beam.ConvergenceMrad is >= 0 and <= 200 && beam.CollectionMrad is > 0 and <= 500
            ? beam
            : throw ProblemException.Invalid(FormattableString.Invariant(
                $"Expected a beam energy of 1 to 3000 keV, a convergence of 0 to 200 mrad and a collection above 0 up to 500 mrad; found {beam.EnergyKeV:0.###} keV, {beam.ConvergenceMrad:0.###} mrad and {beam.CollectionMrad:0.###} mrad."));
    }

    private static ProblemException Missing(string what, string parameter) =>
        ProblemException.Invalid($"The file does not state the {what}, which a cross section needs: give it with the parameter \"{parameter}\".");
}

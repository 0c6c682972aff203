using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels;

/// <summary>What a run was told about the microscope, else what the file states.</summary>
internal sealed class EelsConditions(string title, SignalHeader header, double? beamEnergy, double? convergence, double? collection)
{
    private const double RestEnergy = 510.99895; // keV, CODATA 2018

    /// <exception cref="ProblemException">Neither the parameters nor the file say it.</exception>
    public double BeamEnergyKeV => beamEnergy ?? header.Metadata.BeamEnergyKeV ?? throw Missing("beam energy", "beamEnergy", "keV");

    /// <exception cref="ProblemException">Neither the parameters nor the file say it.</exception>
    public double ConvergenceMrad => convergence ?? header.Metadata.ConvergenceMrad ?? throw Missing("convergence semi-angle", "convergence", "mrad");

    /// <exception cref="ProblemException">Neither the parameters nor the file say it.</exception>
    public double CollectionMrad => Positive(collection ?? header.Metadata.CollectionMrad) ?? throw Missing("collection semi-angle", "collection", "mrad");

    /// <summary>F = (1 + E0 / 2mc^2) / (1 + E0 / mc^2)^2: the electron's m v^2 / 2 is F E0.</summary>
    public double RelativisticFactor => (1 + (BeamEnergyKeV / (2 * RestEnergy))) / Math.Pow(1 + (BeamEnergyKeV / RestEnergy), 2);

    /// <summary>m v^2 / 2 in keV.</summary>
    public double HalfMv2KeV => RelativisticFactor * BeamEnergyKeV;

    /// <summary>Characteristic angle E / (gamma m v^2) in mrad for a loss in eV.</summary>
    public double CharacteristicMrad(double lossEv) => lossEv / (2 * HalfMv2KeV * (1 + (BeamEnergyKeV / RestEnergy)));

    private static double? Positive(double? angle) => angle > 0 ? angle : null;

    private ProblemException Missing(string what, string parameter, string unit) =>
        ProblemException.Invalid($"{title} needs the {what}; \"{header.Name}\" does not state it: give it in {unit} with the parameter \"{parameter}\".");
}

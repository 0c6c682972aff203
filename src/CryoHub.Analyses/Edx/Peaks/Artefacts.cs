namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>Elements that microscope, holder and preparation put into spectra.</summary>
internal static class Artefacts
{
    private const double TransmissionKeV = 60;   // scanning microscopes stay below
    private const double FaintShare = 0.01;
    private const double InstrumentShare = 0.01;

    private static readonly string[] InstrumentMetals = ["Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Zr", "Nb", "Mo", "Ag", "Sn", "Ta", "W", "Au", "Pb"];

    /// <summary>Metals of lenses, collimator, holder and grid so weak in a transmission microscope that the specimen need not hold any.</summary>
    public static bool IsInstrument(string symbol, double shareOfCounts, double beamKeV) =>
        beamKeV >= TransmissionKeV && shareOfCounts < InstrumentShare && InstrumentMetals.Contains(symbol);

    /// <summary>Where an element may come from other than from the specimen; <c>null</c> where nowhere.</summary>
    public static string? Of(string symbol, double shareOfCounts, double beamKeV, IReadOnlyCollection<string> found) => symbol switch
    {
        "Ga" => "milling with gallium ions",
        "Xe" => "milling with xenon ions",
        "Ar" => "milling with argon ions",
        "Pt" or "W" when found.Contains("Ga") || found.Contains("Xe") => "protective layer deposited in the ion-beam microscope",
        "Cu" when beamKeV >= TransmissionKeV => "grid, holder or lenses",
        "Ni" or "Au" or "Mo" when beamKeV >= TransmissionKeV => "grid",
        "Fe" or "Co" or "Mn" or "Cr" when beamKeV >= TransmissionKeV && shareOfCounts < FaintShare => "pole pieces",
        "Zr" or "Sn" or "Nb" or "Ta" or "W" or "Pb" when beamKeV >= TransmissionKeV && shareOfCounts < FaintShare => "collimator or holder",
        "Be" or "Al" when beamKeV >= TransmissionKeV && shareOfCounts < FaintShare => "holder",
        "Si" when shareOfCounts < FaintShare => "fluorescence of the detector's dead layer, or oil",
        "C" => "supporting film or contamination",
        _ => null,
    };
}

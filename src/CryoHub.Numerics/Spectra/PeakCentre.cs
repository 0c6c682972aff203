namespace CryoHub.Numerics.Spectra;

/// <summary>Where one peak of counts lies, in channels; NaN where there is none.</summary>
/// <param name="Centre">Channel of the maximum, with its fraction.</param>
/// <param name="CentreError">One sigma of it for counted electrons.</param>
/// <param name="Fwhm">Full width at half maximum.</param>
/// <param name="FwhmError">One sigma of it for counted electrons.</param>
/// <param name="Height">Counts of the channel at the maximum.</param>
public readonly record struct PeakCentre(double Centre, double CentreError, double Fwhm, double FwhmError, double Height)
{
    /// <summary>No peak.</summary>
    public static PeakCentre None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

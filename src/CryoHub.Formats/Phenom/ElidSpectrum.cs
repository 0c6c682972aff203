using CryoHub.Imaging;

namespace CryoHub.Formats.Phenom;

/// <summary>A spectrum of a project.</summary>
/// <param name="Offset">Energy of channel 0 in eV.</param>
/// <param name="Dispersion">eV a channel.</param>
/// <param name="Counts">Counts of each channel.</param>
internal sealed record ElidSpectrum(double Offset, double Dispersion, uint[] Counts)
{
    public Axis Energy(long channels) => double.IsFinite(Offset) && double.IsFinite(Dispersion) && Dispersion != 0
        ? new Axis("Energy", channels, "keV", AxisRole.Energy, Dispersion / 1e3, Offset / 1e3)
        : new Axis("Energy", channels, "", AxisRole.Energy);
}

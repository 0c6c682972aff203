namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>One peak on the tail; energies and widths in eV.</summary>
internal readonly record struct VibrationalPeak(double Energy, double EnergyError, double Width, double WidthError, double Height, double HeightError)
{
    public double Significance => Height / HeightError;

    /// <summary>Counts of the peak with <paramref name="step"/> eV a channel.</summary>
    public double Area(double step) => Height * Width * Math.Sqrt(Math.PI / (4 * Math.Log(2))) / step;
}

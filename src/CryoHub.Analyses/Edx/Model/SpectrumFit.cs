namespace CryoHub.Analyses.Edx.Model;

/// <summary>A fitted spectrum.</summary>
/// <param name="Parts">Columns of peaks.</param>
/// <param name="Peaks">Where they stand and how wide they are.</param>
/// <param name="Counts">Counts of each part.</param>
/// <param name="Covariance">Of <paramref name="Counts"/>, [part, part], from counting statistics.</param>
/// <param name="Background">Bremsstrahlung in each channel.</param>
/// <param name="Model">All of it in each channel.</param>
/// <param name="Misfit">Chi-squared per degree of freedom.</param>
internal sealed record SpectrumFit(
    IReadOnlyList<SpectrumPart> Parts, PeakScale Peaks, double[] Counts, double[,] Covariance, double[] Background, double[] Model, double Misfit)
{
    public double Error(int part) => Math.Sqrt(Math.Max(0, Covariance[part, part]));
}

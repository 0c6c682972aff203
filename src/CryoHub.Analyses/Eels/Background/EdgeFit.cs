namespace CryoHub.Analyses.Eels.Background;

/// <summary>What one edge of one spectrum gives; NaN where there is none.</summary>
/// <param name="Net">Counts of the edge above the background.</param>
/// <param name="Error">One sigma, from the counts of the edge and from the fit.</param>
/// <param name="Shape">Exponent r, decay energy in eV, or the share of the second power law at the start of the window.</param>
/// <param name="Misfit">Reduced chi-squared in the fitted channels, for counted electrons.</param>
internal readonly record struct EdgeFit(double Net, double Error, double Shape, double Misfit)
{
    public static EdgeFit None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);
}

namespace CryoHub.Imaging.Histograms;

/// <summary>The value below which <paramref name="Rank"/> percent of the finite values lie.</summary>
public sealed record Percentile(double Rank, double Value);

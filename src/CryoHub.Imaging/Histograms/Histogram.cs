namespace CryoHub.Imaging.Histograms;

/// <summary>Counts of values in equal bins: bin <c>i</c> counts values from <c>Low + i * BinWidth</c> up to, not including, the next edge. Every finite value is in exactly one bin.</summary>
/// <param name="Low">Lower edge of the first bin: a multiple of <paramref name="BinWidth"/>, at most one bin below the minimum.</param>
/// <param name="BinWidth">A power of two.</param>
/// <param name="Counts">513 to 1024 bins; fewer where integers have fewer values. Empty where there is no finite value.</param>
public sealed record Histogram(double Low, double BinWidth, IReadOnlyList<long> Counts);

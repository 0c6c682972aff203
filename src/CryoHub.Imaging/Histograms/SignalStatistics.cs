namespace CryoHub.Imaging.Histograms;

/// <summary>Statistics over the finite values of a signal (of the modulus where pixels are complex, of the colour samples without alpha where they are coloured).</summary>
/// <param name="Count">Finite values.</param>
/// <param name="NotFinite">NaN and infinities.</param>
/// <param name="Min">Smallest; NaN where there is no finite value, as the others.</param>
/// <param name="Max">Largest.</param>
/// <param name="Mean">Arithmetic mean, accumulated in double precision.</param>
/// <param name="StandardDeviation">Of the population (divided by <paramref name="Count"/>).</param>
public sealed record SignalStatistics(long Count, long NotFinite, double Min, double Max, double Mean, double StandardDeviation);

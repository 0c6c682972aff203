using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Shapes;

/// <summary>Pixel values under a shape, over all frames that it lies on. <c>null</c> where there is no such value.</summary>
/// <param name="Unit">Unit of the values; empty where the file states none.</param>
/// <param name="Pixels">Pixels with a finite value.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of a sample (divided by the count less one).</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Integral">Their sum.</param>
public sealed record ShapeIntensity(string Unit, long Pixels, double? Mean, double? StandardDeviation, double? Min, double? Max, double? Integral)
{
    /// <summary>From the statistics of the pixels.</summary>
    public static ShapeIntensity Of(RunningStatistics s, string unit) => s.Count == 0
        ? new(unit, 0, null, null, null, null, null)
        : new(unit, s.Count, s.Mean, s.Count > 1 ? s.StandardDeviation * Math.Sqrt(s.Count / (s.Count - 1.0)) : null, s.Min, s.Max, s.Mean * s.Count);
}

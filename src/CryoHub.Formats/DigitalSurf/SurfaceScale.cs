namespace CryoHub.Formats.DigitalSurf;

/// <summary>How stored integers become values; with special points the integer two below the smallest stands for a point that could not be measured.</summary>
internal readonly record struct SurfaceScale(long Smallest, double Spacing, double Ratio, double Offset, bool HasGaps)
{
    public double Value(int stored) => HasGaps && stored == Smallest - 2 ? double.NaN : (((double)stored - Smallest) * Spacing * Ratio) + Offset;
}

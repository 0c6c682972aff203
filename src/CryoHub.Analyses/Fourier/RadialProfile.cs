namespace CryoHub.Analyses.Fourier;

/// <summary>Mean power of each ring and the background under peaks there: its median, as a mean of the same exponential distribution.</summary>
internal sealed class RadialProfile
{
    /// <summary>log10(1 / ln 2): from the median to the mean of exponentially distributed powers.</summary>
    public const double MedianToMean = 0.15918;

    public RadialProfile(ReadOnlySpan<float> logPower, ReciprocalGrid grid)
    {
        var counts = new int[grid.Rings + 1];
        var first = grid.Rows / 2; // the other half mirrors this one
        for (var i = first * grid.Columns; i < logPower.Length; i++)
        {
            counts[Math.Min(grid.Ring(i / grid.Columns, i % grid.Columns), grid.Rings)]++;
        }

        float[][] rings = [.. counts.Select(count => new float[count])];
        for (var i = first * grid.Columns; i < logPower.Length; i++)
        {
            var ring = Math.Min(grid.Ring(i / grid.Columns, i % grid.Columns), grid.Rings);
            rings[ring][--counts[ring]] = logPower[i];
        }

        Frequencies = [.. Enumerable.Range(0, grid.Rings).Select(ring => ring * grid.RingWidth)];
        LogMeans = [.. rings.Take(grid.Rings).Select(ring => ring.Length == 0 ? double.NaN : Math.Log10(ring.Average(power => Math.Pow(10, power))))];
        LogBackgrounds = [.. rings.Select(ring => Median(ring) + MedianToMean)];
    }

    /// <summary>Frequency of each ring.</summary>
    public double[] Frequencies { get; }

    /// <summary>log10 of the mean power of each ring.</summary>
    public double[] LogMeans { get; }

    /// <summary>log10 of the background in each ring; the last entry is everything beyond.</summary>
    public double[] LogBackgrounds { get; }

    public static double Median(float[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }
}

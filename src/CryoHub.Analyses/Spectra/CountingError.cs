namespace CryoHub.Analyses.Spectra;

/// <summary>Net counts and exponent of one spectrum with their one-sigma counting errors.</summary>
internal readonly record struct CountingError(double Net, double NetError, double Exponent, double ExponentError, double Misfit)
{
    /// <summary>
    /// Propagates Poisson noise through whatever the estimator does: variance = sum over channels of (df/dN)^2 N, the derivative taken by moving one channel at
    /// a time by its own standard deviation.
    /// </summary>
    public static CountingError Of(WindowMap map, ReadOnlySpan<float> spectrum)
    {
        var window = map.Window;
        int[] moved = [.. new[] { window.Gross, window.Before, window.After }.OfType<ChannelRange>().SelectMany(range => Enumerable.Range(range.First, range.Count)).Distinct()];
        var batch = new float[(moved.Length + 1) * spectrum.Length];
        for (var p = 0; p <= moved.Length; p++)
        {
            var copy = batch.AsSpan(p * spectrum.Length, spectrum.Length);
            spectrum.CopyTo(copy);
            if (p > 0)
            {
                copy[moved[p - 1]] += Sigma(spectrum[moved[p - 1]]);
            }
        }

        var (net, exponent, misfit) = (new float[moved.Length + 1], new float[moved.Length + 1], new float[moved.Length + 1]);
        map.Row(batch, net, exponent, misfit);
        return new CountingError(net[0], Spread(net), exponent[0], Spread(exponent), misfit[0]);
    }

    private static float Sigma(float count) => MathF.Sqrt(MathF.Max(count, 1));

    private static double Spread(float[] values)
    {
        var sum = 0.0;
        foreach (var value in values.AsSpan(1))
        {
            sum += ((double)value - values[0]) * ((double)value - values[0]);
        }

        return Math.Sqrt(sum);
    }
}

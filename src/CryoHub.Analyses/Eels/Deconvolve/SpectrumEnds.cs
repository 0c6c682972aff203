namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>
/// What a spectrum is taken to be beyond its ends while it is transformed: after its last value it falls to zero as a half cosine over all the added channels; before its first it is zero.
/// Measured channels are not touched.
/// </summary>
internal static class SpectrumEnds
{
    /// <summary>Channels without a value at both ends of <paramref name="spectrum"/>; its whole length first where it has none, or a gap inside.</summary>
    public static (int First, int End) Valid(ReadOnlySpan<float> spectrum)
    {
        var (first, end) = (0, spectrum.Length);
        while (first < end && !float.IsFinite(spectrum[first]))
        {
            first++;
        }

        while (end > first && !float.IsFinite(spectrum[end - 1]))
        {
            end--;
        }

        foreach (var count in spectrum[first..end])
        {
            if (!float.IsFinite(count))
            {
                return (spectrum.Length, spectrum.Length);
            }
        }

        return (first, end);
    }

    /// <summary>Copies the valid channels and carries them on to the end of <paramref name="padded"/>.</summary>
    public static void Pad(ReadOnlySpan<float> spectrum, int first, int end, Span<float> padded)
    {
        padded[..first].Clear();
        spectrum[first..end].CopyTo(padded[first..]);
        var (last, length) = (spectrum[end - 1], padded.Length - end);
        for (var i = 0; i < length; i++)
        {
            padded[end + i] = last * 0.5f * (1 + MathF.Cos(MathF.PI * (i + 1) / (length + 1)));
        }
    }
}

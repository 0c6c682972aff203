using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>
/// Spikes in a row of spectra. A channel is one where it stands above the median of its neighbours (two to four channels away) by more than the threshold times the
/// noise, which grows with the root of the counts at a rate that every spectrum tells itself, and where the neighbouring pixels show nothing of the kind there: a sharp
/// edge is in all of them, a cosmic ray in one. Without neighbouring pixels a channel is none whose neighbours two to six channels away stand out like it: that is the bend
/// of a smooth peak.
/// </summary>
internal sealed class SpikeFinder(int columns, int channels, double threshold, SpikeAction action)
{
    private const int Reach = 4;
    private const int RoughFrom = 2;
    private const int RoughTo = 6;
    private const double LeastNoise = 0.5;  // of the root of the counts: smoother spectra are sums or calculated, and their bends would be many times their noise
    private const double LeastShare = 0.02; // of the counts below it
    private const double Rough = 5;         // noise alone makes the second largest of ten 1.8 sigma
    private const int NeighbourPixels = 2;

    private readonly Lock gate = new();
    private readonly List<Spike> found = [];

    /// <summary>All spikes, row by row whatever the order in which rows came.</summary>
    public IReadOnlyList<Spike> Found => [.. found.OrderBy(spike => (spike.Row, spike.Column, spike.Channel))];

    /// <summary>Looks through <paramref name="spectra"/> [column, channel]; <paramref name="from"/>(column) to <paramref name="to"/>(column) - 1 are left out (the zero loss).</summary>
    public void Row(int row, Span<float> spectra, Func<int, int> from, Func<int, int> to)
    {
        if (action == SpikeAction.Leave || channels < (2 * Reach) + 1)
        {
            return;
        }

        var spikes = new List<Spike>();
        var scratch = new float[channels];
        for (var x = 0; x < columns; x++)
        {
            var spectrum = spectra.Slice(x * channels, channels);
            var (first, end) = (from(x), to(x));
            var noise = NeighbourMedian.Noise(spectrum, scratch) is var size and > 0 ? Math.Max(size, LeastNoise) : 0;
            for (var c = Reach; c < channels - Reach && noise > 0; c++)
            {
                if ((c < first || c >= end) && Stands(spectrum, c, noise, out var excess, out var sigma) && excess - Expected(spectra, x, c) > threshold * sigma)
                {
                    spikes.Add(new Spike(row, x, c, spectrum[c], 0));
                }
            }
        }

        Settle(spectra, spikes);
    }

    private bool Stands(ReadOnlySpan<float> spectrum, int c, double noise, out double excess, out double sigma)
    {
        var least = Math.Min(spectrum[c - 2], spectrum[c + 2]);
        (excess, sigma) = (spectrum[c] - least, noise * Math.Sqrt(Math.Max(least, 1)));
        if (!(excess > threshold * sigma))   // the median is above the least: no need to ask it
        {
            return false;
        }

        var middle = NeighbourMedian.At(spectrum, c);
        (excess, sigma) = (spectrum[c] - middle, noise * Math.Sqrt(Math.Max(middle, 1)));
        return excess > threshold * sigma && excess > LeastShare * middle;
    }

    /// <summary>How far channels two to six away stand out from their own neighbours: the second largest, as another spike may be near.</summary>
    private double Bend(ReadOnlySpan<float> spectrum, int c)
    {
        Span<double> bends = stackalloc double[2 * (RoughTo - RoughFrom + 1)];
        var count = 0;
        for (var away = RoughFrom; away <= RoughTo; away++)
        {
            foreach (var other in (ReadOnlySpan<int>)[c - away, c + away])
            {
                if (other >= Reach && other < channels - Reach)
                {
                    bends[count++] = Math.Abs(spectrum[other] - NeighbourMedian.At(spectrum, other));
                }
            }
        }

        bends = bends[..count];
        bends.Sort();
        return count < 2 ? 0 : bends[^2];
    }

    /// <summary>How far the channel would stand out without a spike.</summary>
    private double Expected(ReadOnlySpan<float> spectra, int x, int c) => columns > 2 ? Elsewhere(spectra, x, c) : Rough * Bend(spectra.Slice(x * channels, channels), c);

    /// <summary>How far the same channel stands out in neighbouring pixels, in counts of this one: the middle one of what they show.</summary>
    private double Elsewhere(ReadOnlySpan<float> spectra, int x, int c)
    {
        Span<double> shown = stackalloc double[2 * NeighbourPixels];
        var count = 0;
        var here = Math.Max(NeighbourMedian.At(spectra.Slice(x * channels, channels), c), 1);
        for (var other = Math.Max(0, x - NeighbourPixels); other <= Math.Min(columns - 1, x + NeighbourPixels); other++)
        {
            var spectrum = spectra.Slice(other * channels, channels);
            var middle = NeighbourMedian.At(spectrum, c);
            if (other != x && middle > 0)
            {
                shown[count++] = (spectrum[c] - middle) * here / middle;
            }
        }

        shown = shown[..count];
        shown.Sort();
        return count == 0 ? 0 : Math.Max(0, (shown[(count - 1) / 2] + shown[count / 2]) / 2);
    }

    /// <summary>The line between the nearest channels to both sides that are no spikes.</summary>
    private void Settle(Span<float> spectra, List<Spike> spikes)
    {
        var marked = spikes.Select(spike => (spike.Column, spike.Channel)).ToHashSet();
        for (var i = 0; i < spikes.Count; i++)
        {
            var (left, right) = (spikes[i].Channel - 1, spikes[i].Channel + 1);
            while (left > 0 && marked.Contains((spikes[i].Column, left)))
            {
                left--;
            }

            while (right < channels - 1 && marked.Contains((spikes[i].Column, right)))
            {
                right++;
            }

            var spectrum = spectra.Slice(spikes[i].Column * channels, channels);
            var at = (float)(spikes[i].Channel - left) / (right - left);
            spikes[i] = spikes[i] with { Replacement = spectrum[left] + (at * (spectrum[right] - spectrum[left])) };
        }

        if (action == SpikeAction.Replace)
        {
            foreach (var spike in spikes)
            {
                spectra[(spike.Column * channels) + spike.Channel] = spike.Replacement;
            }
        }

        lock (gate)
        {
            found.AddRange(spikes);
        }
    }
}

namespace CryoHub.Imaging.Histograms;

/// <summary>
/// Counts values whose range is not known beforehand, exactly and in one pass: bins are 2^k wide and begin at multiples of 2^k, so two neighbours merge into one bin of the next
/// size without error whenever the range outgrows the table. The result depends on the values only, not on their order.
/// </summary>
internal sealed class DyadicHistogram(bool integers)
{
    private const int Fine = 1 << 16;
    private const int Coarse = 1 << 10;

    private long[] counts = new long[Fine];
    private int exponent = integers ? 0 : -1000;
    private double first = double.NaN;   // number of the table's first bin, in units of the bin width
    private double scale;
    private (double Min, double Max) range = (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Counts finite values between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public void Add(ReadOnlySpan<double> values, double min, double max)
    {
        Cover(min, max);
        var (table, by, from) = (counts, scale, first);
        foreach (var value in values)
        {
            table[(int)((value * by) - from)]++;
        }
    }

    public void Add(double value, long count)
    {
        Cover(value, value);
        counts[(int)((value * scale) - first)] += count;
    }

    /// <summary>At most 1024 bins from the minimum's to the maximum's.</summary>
    public Histogram ToHistogram()
    {
        if (range.Min > range.Max)
        {
            return new(0, 1, []);
        }

        var k = exponent;
        while (Math.Floor(range.Max * Math.ScaleB(1, -k)) - Math.Floor(range.Min * Math.ScaleB(1, -k)) >= Coarse)
        {
            k++;
        }

        var low = Math.Floor(range.Min * Math.ScaleB(1, -k));
        var bins = new long[(int)(Math.Floor(range.Max * Math.ScaleB(1, -k)) - low) + 1];
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                bins[(int)(Math.Floor(Math.ScaleB(first + i, exponent - k)) - low)] += counts[i];
            }
        }

        return new(Math.ScaleB(low, k), Math.ScaleB(1, k), bins);
    }

    private void Cover(double min, double max)
    {
        if (min >= range.Min && max <= range.Max)
        {
            return;
        }

        range = (Math.Min(min, range.Min), Math.Max(max, range.Max));
        if (Math.Floor(range.Min * scale) >= first && Math.Floor(range.Max * scale) < first + Fine)
        {
            return;
        }

        var k = Math.Max(exponent, Finest(range.Min, range.Max));
        while (Math.Floor(range.Max * Math.ScaleB(1, -k)) - Math.Floor(range.Min * Math.ScaleB(1, -k)) >= Fine)
        {
            k++;
        }

        // Equal room on both sides, so that a slow ramp does not move the table at every block.
        var span = Math.Floor(range.Max * Math.ScaleB(1, -k)) - Math.Floor(range.Min * Math.ScaleB(1, -k));
        var low = Math.Floor(range.Min * Math.ScaleB(1, -k)) - Math.Floor((Fine - 1 - span) / 2);
        var moved = new long[Fine];
        for (var i = 0; i < Fine && !double.IsNaN(first); i++)
        {
            if (counts[i] > 0)
            {
                moved[(int)(Math.Floor(Math.ScaleB(first + i, exponent - k)) - low)] += counts[i];
            }
        }

        (counts, exponent, first, scale) = (moved, k, low, Math.ScaleB(1, -k));
    }

    /// <summary>The smallest exponent at which bin numbers near these values are exact in a double (below 2^52) and the range spans the table.</summary>
    private static int Finest(double min, double max)
    {
        var largest = Math.Max(Math.Abs(min), Math.Abs(max));
        var reach = largest == 0 ? -1000 : Math.ILogB(largest) - 51;
        var span = (max / 2) - (min / 2);
        return Math.Max(-1000, Math.Max(reach, span > 0 ? Math.ILogB(span) - 16 : -1000));
    }
}

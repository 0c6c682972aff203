using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Fourier;

/// <summary>The Hann window w(i) = 1/2 - 1/2 cos(2 pi i / n), periodic: its transform is exactly three samples wide (Harris, Proc. IEEE 66 (1978) 51).</summary>
public static class Hann
{
    /// <summary>Fills <paramref name="window"/> with the window of its length.</summary>
    public static void Fill(Span<float> window)
    {
        for (var i = 0; i < window.Length; i++)
        {
            window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / window.Length)));
        }
    }

    /// <summary><paramref name="windowed"/>[i] = (<paramref name="row"/>[i] - <paramref name="mean"/>) <paramref name="window"/>[i] <paramref name="weight"/>.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Apply(ReadOnlySpan<float> row, float mean, ReadOnlySpan<float> window, float weight, Span<float> windowed)
    {
        if (row.Length != window.Length || row.Length != windowed.Length)
        {
            throw new ArgumentException($"Row, window and result must be equally long, found {row.Length}, {window.Length} and {windowed.Length}.", nameof(row));
        }

        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var windows = MemoryMarshal.Cast<float, Vector<float>>(window);
        var results = MemoryMarshal.Cast<float, Vector<float>>(windowed);
        var means = new Vector<float>(mean);
        for (var i = 0; i < rows.Length; i++)
        {
            results[i] = (rows[i] - means) * (windows[i] * weight);
        }

        for (var i = rows.Length * Vector<float>.Count; i < row.Length; i++)
        {
            windowed[i] = (row[i] - mean) * (window[i] * weight);
        }
    }
}

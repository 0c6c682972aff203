using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>Maxima in the first 45 eV of an edge: those that stand out of their surroundings by more than the noise and 3 % of the highest.</summary>
internal static class FinePeaks
{
    private const double Reach = 45;        // eV
    private const double Smoothing = 0.3;   // eV to both sides, half the energy resolution of a common microscope
    private const double Bend = 1.5;        // eV to both sides in which a shoulder bends
    private const double LeastSigmas = 4;
    private const double LeastHeight = 0.03;
    private const double LeastBend = 0.06;

    public static IReadOnlyList<FinePeak> Of(NoisySpectrum spectrum, FoundEdge edge, double nextRiseEv)
    {
        var first = spectrum.Channel(edge.RiseEv - 4);
        var last = spectrum.Channel(Math.Min(Math.Min(edge.RiseEv + Reach, nextRiseEv - 3), spectrum.Highest));
        var half = Math.Max(1, (int)Math.Round(Smoothing / spectrum.Step));
        var (smooth, background) = (new double[last - first + 1], new double[last - first + 1]);
        for (var i = 0; i < smooth.Length; i++)
        {
            smooth[i] = Mean(spectrum.Counts, first + i - half, first + i + half);
            background[i] = edge.Background.At(spectrum.At(first + i));
        }

        var highest = smooth.Zip(background, (count, below) => count - below).DefaultIfEmpty(0).Max();
        var peaks = new List<FinePeak>();
        for (var i = half; i < smooth.Length - half; i++)
        {
            var sigma = spectrum.Sigma(smooth[i]) / Math.Sqrt((2 * half) + 1);
            var prominence = Prominence(smooth, i);
            if (IsTop(smooth, i, half) && prominence > Math.Max(LeastSigmas * sigma, LeastHeight * highest))
            {
                var (position, error) = Vertex(spectrum, smooth, first, i, half, prominence);
                peaks.Add(new FinePeak(edge.Edge.Name, "", position, error, (smooth[i] - background[i]) / highest));
            }
        }

        AddShoulders(spectrum, edge, first, last, highest, peaks);
        return Label(edge.Edge, edge.RiseEv, [.. peaks.OrderBy(peak => peak.EnergyEv)]);
    }

    /// <summary>Where the spectrum bends down most, away from maxima: the second derivative of a parabola fitted over a few eV.</summary>
    private static void AddShoulders(NoisySpectrum spectrum, FoundEdge edge, int first, int last, double highest, List<FinePeak> peaks)
    {
        var half = Math.Max(2, (int)Math.Round(Bend / spectrum.Step));
        var bends = new double[Math.Max(0, last - first + 1)];
        var norm = Enumerable.Range(-half, (2 * half) + 1).Sum(j => Weight(j, half) * Weight(j, half));
        for (var i = 0; i < bends.Length; i++)
        {
            for (var j = -half; j <= half; j++)
            {
                bends[i] -= Weight(j, half) * spectrum.Counts[Math.Clamp(first + i + j, 0, spectrum.Counts.Length - 1)] * half * half / norm;
            }
        }

        for (var i = half; i < bends.Length - half; i++)
        {
            var energy = spectrum.At(first + i);
            var sigma = spectrum.Sigma(spectrum.Counts[first + i]) * half * half / Math.Sqrt(norm);
            if (IsTop(bends, i, half) && bends[i] > Math.Max(LeastSigmas * sigma, LeastBend * highest) && peaks.All(peak => Math.Abs(peak.EnergyEv - energy) > Bend))
            {
                peaks.Add(new FinePeak(edge.Edge.Name, "shoulder", energy, Bend / 2, (Mean(spectrum.Counts, first + i - 1, first + i + 1) - edge.Background.At(energy)) / highest));
            }
        }
    }

    /// <summary>Weights of the second-order term of a least-squares parabola.</summary>
    private static double Weight(int j, int half) => ((double)j * j) - (half * (half + 1) / 3.0);

    private static double Mean(double[] counts, int from, int to)
    {
        var (low, high) = (Math.Max(0, from), Math.Min(counts.Length - 1, to));
        return counts.AsSpan(low, high - low + 1).ToArray().Average();
    }

    private static bool IsTop(double[] values, int i, int half)
    {
        for (var j = Math.Max(0, i - half); j <= Math.Min(values.Length - 1, i + half); j++)
        {
            if (values[j] > values[i] || (j < i && values[j] == values[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Height above the higher of the two valleys that part it from higher ground; the end of the range counts as a valley.</summary>
    private static double Prominence(double[] values, int top)
    {
        var (left, right) = (values[top], values[top]);
        for (var i = top; i >= 0 && values[i] <= values[top]; i--)
        {
            left = Math.Min(left, values[i]);
        }

        for (var i = top; i < values.Length && values[i] <= values[top]; i++)
        {
            right = Math.Min(right, values[i]);
        }

        return values[top] - Math.Max(left, right);
    }

    /// <summary>Vertex in eV of the least-squares parabola through the counts of the peak's upper tenth, with its standard deviation.</summary>
    private static (double Position, double Error) Vertex(NoisySpectrum spectrum, double[] smooth, int first, int top, int half, double prominence)
    {
        var reach = half + 1;
        while (reach < Bend / spectrum.Step && top - reach > 0 && top + reach < smooth.Length - 1 && Math.Min(smooth[top - reach], smooth[top + reach]) > smooth[top] - (0.1 * prominence))
        {
            reach++;
        }

        reach = Math.Min(reach, Math.Min(first + top, spectrum.Counts.Length - 1 - first - top));
        var (s2, s4, sy, sxy, sxxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var j = -reach; j <= reach; j++)
        {
            var y = spectrum.Counts[first + top + j];
            (s2, s4, sy, sxy, sxxy) = (s2 + (j * j), s4 + ((double)j * j * j * j), sy + y, sxy + (j * y), sxxy + (j * j * y));
        }

        var n = (2 * reach) + 1;
        var curvature = ((n * sxxy) - (s2 * sy)) / ((n * s4) - (s2 * s2));
        if (!(curvature < 0))
        {
            return (spectrum.At(first + top), reach * spectrum.Step);
        }

        var offset = Math.Clamp(-sxy / s2 / (2 * curvature), -reach, reach);
        var error = spectrum.Sigma(smooth[top]) / (Math.Sqrt(s2) * 2 * Math.Abs(curvature));
        return (spectrum.At(first + top + offset), spectrum.Step * Math.Clamp(error, 0.1, reach));
    }

    /// <summary>Names of the usual maxima: the strongest beside each sub-shell; pi* and sigma* of carbon.</summary>
    private static IReadOnlyList<FinePeak> Label(EelsEdge edge, double rise, List<FinePeak> peaks)
    {
        if (edge is { Element: "C", Shell: "K" })
        {
            var pi = peaks.Where(peak => peak.EnergyEv > rise && peak.EnergyEv < rise + 4.5).MaxBy(peak => peak.Height);
            var sigma = peaks.Where(peak => peak.EnergyEv > rise + 4.5 && peak.EnergyEv < rise + 16 && peak.Label.Length == 0).MaxBy(peak => peak.Height);
            return [.. peaks.Select(peak => peak with { Label = peak == pi ? "pi*" : peak == sigma ? "sigma*" : peak.Label })];
        }

        if (edge.Shell is not ("L3" or "M5"))
        {
            return peaks;
        }

        var partner = edge.Shell == "L3" ? "L2" : "M4";
        var splitting = EdgeTable.Find(edge.Element, partner)!.OnsetEv - edge.OnsetEv;
        var lower = peaks.Where(peak => peak.EnergyEv < rise + (0.8 * splitting) + 1).MaxBy(peak => peak.Height);
        var upper = peaks.Where(peak => peak != lower && peak.EnergyEv > (lower?.EnergyEv ?? rise) + (0.6 * splitting) && peak.EnergyEv < rise + splitting + 6).MaxBy(peak => peak.Height);
        return [.. peaks.Select(peak => peak with { Label = peak == lower ? edge.Shell : peak == upper ? partner : peak.Label })];
    }
}

using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>
/// Finds peaks one after the other: the most significant rise above the fit so far, seen through a window as wide as the zero loss, becomes a peak and everything is fitted again, until nothing
/// significant is left. Peaks that then are no longer significant, or narrower than half the zero loss, are dropped.
/// </summary>
internal sealed class PeakSearch(double[] energies, double[] offset, int order, double resolution)
{
    private readonly TailAndPeaks fit = new(energies, offset, order);
    private readonly double step = energies[1] - energies[0];

    public TailAndPeaks Fit => fit;

    /// <summary>The peaks by energy, the numbers of tail and peaks, and the reduced chi-squared; NaN where not even the tail can be fitted.</summary>
    public (IReadOnlyList<VibrationalPeak> Peaks, double[] Parameters, double Misfit) Run(float[] counts, double threshold, int most)
    {
        var parameters = fit.Start(counts);
        var misfit = StripAndFit(counts, parameters);
        for (var found = 0; found < most && double.IsFinite(misfit); found++)
        {
            var (at, significance) = Strongest(counts, parameters);
            if (significance < threshold)
            {
                break;
            }

            var model = fit.Tail(parameters);
            double[] more = [.. parameters, energies[at], Math.Max(counts[at] - model[at], Math.Sqrt(Math.Max(model[at], 1))), resolution];
            var next = fit.Fit(counts, [], more, shapes: true, []);
            if (!double.IsFinite(next))
            {
                break;
            }

            (parameters, misfit) = (more, next);
        }

        return Settle(counts, parameters, misfit, threshold);
    }

    /// <summary>Fits the tail alone, leaving out what stands above it, until that does not change: peaks would lift it.</summary>
    private double StripAndFit(float[] counts, double[] parameters)
    {
        var used = new bool[counts.Length];
        Array.Fill(used, true);
        var misfit = fit.Fit(counts, used, parameters, shapes: false, []);
        for (var round = 0; round < 8 && double.IsFinite(misfit); round++)
        {
            var tail = fit.Tail(parameters);
            bool[] next = [.. counts.Select((count, i) => count - tail[i] < 2 * Math.Sqrt(Math.Max(tail[i], 1)))];
            if (next.AsSpan().SequenceEqual(used) || next.Count(use => use) < counts.Length / 4)
            {
                break;
            }

            used = next;
            misfit = fit.Fit(counts, used, parameters, shapes: false, []);
        }

        return misfit;
    }

    private (int At, double Significance) Strongest(float[] counts, double[] parameters)
    {
        var model = Model(parameters);
        var reach = Math.Max(1, (int)Math.Round(resolution / step));
        var (best, at) = (0.0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            var (sum, variance) = (0.0, 0.0);
            for (var d = -reach; d <= reach; d++)
            {
                if (i + d >= 0 && i + d < counts.Length)
                {
                    var weight = Math.Exp(-4 * Math.Log(2) * d * d * step * step / (resolution * resolution));
                    sum += weight * (counts[i + d] - model[i + d]);
                    variance += weight * weight * Math.Max(model[i + d], 1);
                }
            }

            (best, at) = sum / Math.Sqrt(variance) > best ? (sum / Math.Sqrt(variance), i) : (best, at);
        }

        return (at, best);
    }

    private double[] Model(double[] parameters)
    {
        var model = fit.Tail(parameters);
        for (var p = fit.TailCount; p < parameters.Length; p += 3)
        {
            for (var i = 0; i < model.Length; i++)
            {
                var away = (energies[i] - parameters[p]) / parameters[p + 2];
                model[i] += parameters[p + 1] * Math.Exp(-4 * Math.Log(2) * away * away);
            }
        }

        return model;
    }

    private (IReadOnlyList<VibrationalPeak> Peaks, double[] Parameters, double Misfit) Settle(float[] counts, double[] parameters, double misfit, double threshold)
    {
        while (double.IsFinite(misfit))
        {
            var errors = new double[parameters.Length];
            misfit = fit.Fit(counts, [], parameters, shapes: true, errors);
            var peaks = new List<VibrationalPeak>();
            double[] kept = [.. parameters[..fit.TailCount]];
            for (var p = fit.TailCount; p < parameters.Length; p += 3)
            {
                var peak = new VibrationalPeak(parameters[p], errors[p], parameters[p + 2], errors[p + 2], parameters[p + 1], errors[p + 1]);
                if (peak.Significance >= threshold && peak.Width > 0.5 * resolution && peak.Width < (energies[^1] - energies[0]) / 2)
                {
                    peaks.Add(peak);
                    kept = [.. kept, .. parameters.AsSpan(p, 3)];
                }
            }

            if (kept.Length == parameters.Length)
            {
                return ([.. peaks.OrderBy(peak => peak.Energy)], parameters, misfit);
            }

            parameters = kept;
        }

        return ([], parameters, double.NaN);
    }
}

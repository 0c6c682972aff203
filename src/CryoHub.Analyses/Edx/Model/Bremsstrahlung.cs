namespace CryoHub.Analyses.Edx.Model;

/// <summary>
/// The shapes whose non-negative sum is the background: Kramers' law (E0 - E) / E through the detector, times smooth functions (quadratic B-splines in ln E) so far apart
/// that none of them can take the shape of a peak.
/// </summary>
internal static class Bremsstrahlung
{
    private const double KnotFwhms = 4.5, KnotShare = 0.4;
    private const int Degree = 2;

    /// <summary>Columns one after the other, [shape, channel], each with a sum of 1.</summary>
    public static double[][] Shapes(SpectrumData data, SiliconDetector detector, double beamEv)
    {
        var knots = Knots(data);
        var shapes = Enumerable.Range(0, knots.Length - Degree - 1).Select(_ => new double[data.Count]).ToArray();
        Span<double> basis = stackalloc double[Degree + 1];
        for (var i = 0; i < data.Count; i++)
        {
            var ev = Math.Max(data.At(i), 1);
            var kramers = Math.Max(0, beamEv - ev) / ev * detector.Efficiency(ev);
            var span = Splines(knots, Math.Log(ev), basis);
            for (var k = 0; k <= Degree; k++)
            {
                shapes[span - Degree + k][i] = kramers * basis[k];
            }
        }

        foreach (var shape in shapes)
        {
            var sum = Math.Max(shape.Sum(), 1e-300);
            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] /= sum;
            }
        }

        return [.. shapes.Where(shape => shape.Any(value => value > 0))];
    }

    private static double[] Knots(SpectrumData data)
    {
        var energies = new List<double> { Math.Max(data.LowEv, 1) };
        while (energies[^1] < data.HighEv)
        {
            energies.Add(energies[^1] + Math.Max(KnotFwhms * PeakScale.Usual.Fwhm(energies[^1]), KnotShare * energies[^1]));
        }

        energies[^1] = data.HighEv * 1.0001;
        if (energies.Count > 3 && energies[^1] - energies[^2] < 0.5 * (energies[^2] - energies[^3]))
        {
            energies.RemoveAt(energies.Count - 2);
        }

        return [.. Enumerable.Repeat(Math.Log(energies[0]), Degree), .. energies.Select(energy => Math.Log(energy)), .. Enumerable.Repeat(Math.Log(energies[^1]), Degree)];
    }

    /// <summary>The splines that are not 0 at <paramref name="u"/> (Cox and de Boor); returns the knot span.</summary>
    private static int Splines(double[] knots, double u, Span<double> basis)
    {
        var span = Degree;
        while (span < knots.Length - Degree - 2 && u >= knots[span + 1])
        {
            span++;
        }

        basis[0] = 1;
        for (var degree = 1; degree <= Degree; degree++)
        {
            var saved = 0.0;
            for (var r = 0; r < degree; r++)
            {
                var (left, right) = (knots[span + 1 - degree + r], knots[span + r + 1]);
                var part = basis[r] / (right - left);
                basis[r] = saved + ((right - u) * part);
                saved = (u - left) * part;
            }

            basis[degree] = saved;
        }

        return span;
    }
}

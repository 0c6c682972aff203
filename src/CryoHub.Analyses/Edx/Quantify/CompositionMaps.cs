using CryoHub.Analyses.Edx.Fit;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>Atomic fractions of every pixel; NaN where there are too few counts.</summary>
/// <param name="Atoms">Percent, [line][pixel].</param>
/// <param name="Errors">One sigma, percent, [line][pixel].</param>
/// <param name="MassThickness">kg/m2; NaN without zeta factors.</param>
internal sealed record CompositionMaps(float[][] Atoms, float[][] Errors, float[] MassThickness)
{
    /// <summary>Quantifies pixel by pixel, in parallel; the result does not depend on how many threads take part.</summary>
    public static CompositionMaps Of(FamilyMaps maps, QuantifiedLine[] lines, Absorption? absorption, double electrons, double leastCounts, ParallelOptions parallel)
    {
        var pixels = maps.Totals.Length;
        var result = new CompositionMaps([.. lines.Select(_ => new float[pixels])], [.. lines.Select(_ => new float[pixels])], new float[pixels]);
        var (counts, variances) = (lines.Select(line => maps.Counts[line.Part]).ToArray(), lines.Select(line => maps.Variances[line.Part]).ToArray());
        const int slice = 2048;
        Parallel.For(0, (pixels + slice - 1) / slice, parallel, part =>
        {
            var composition = new Composition(lines, absorption, electrons);
            var n = lines.Length;
            Span<double> net = stackalloc double[n];
            Span<double> variance = stackalloc double[n];
            Span<double> atoms = stackalloc double[n];
            Span<double> errors = stackalloc double[n];
            for (var pixel = part * slice; pixel < Math.Min(pixels, (part + 1) * slice); pixel++)
            {
                var total = 0.0;
                for (var i = 0; i < n; i++)
                {
                    (net[i], variance[i]) = (counts[i][pixel], variances[i][pixel]);
                    total += net[i];
                }

                if (!(total >= leastCounts) || !composition.Solve(net, variance, atoms, errors))
                {
                    atoms.Fill(double.NaN);
                    errors.Fill(double.NaN);
                }

                result.MassThickness[pixel] = double.IsNaN(atoms[0]) ? float.NaN : (float)composition.MassThickness;
                for (var i = 0; i < n; i++)
                {
                    result.Atoms[i][pixel] = (float)(100 * atoms[i]);
                    result.Errors[i][pixel] = (float)(100 * errors[i]);
                }
            }
        });
        return result;
    }
}

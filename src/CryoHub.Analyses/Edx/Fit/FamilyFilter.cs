using CryoHub.Analyses.Edx.Model;
using CryoHub.Imaging;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>
/// The weights with which the channels of any pixel give its counts of each family: weighted least squares with the region's peaks and background, free in both directions. An
/// estimate that may be negative is right on average however few counts there are, and the maps add up to the fit of the sum.
/// </summary>
internal static class FamilyFilter
{
    private const int BackgroundPieces = 3;   // soft, middle and hard part of the region's background, each with its own strength

    /// <summary>[channel, part].</summary>
    /// <exception cref="ProblemException">Two columns are the same.</exception>
    public static double[] Weights(SpectrumFit fit)
    {
        var rows = fit.Model.Length;
        double[][] columns = [.. fit.Profiles, .. Pieces(fit.Background)];
        double[] design = [.. columns.SelectMany(column => column)];
        double[] weights = [.. fit.Model.Select(count => 1 / Math.Max(count, 1))];
        var n = columns.Length;
        var (gram, right, covariance) = (new double[n * n], new double[n], new double[n * n]);
        NormalEquations.Gram(design, rows, weights, gram);
        NormalEquations.RightSide(design, rows, weights, fit.Model, right);
        double[] free = [.. Enumerable.Repeat(double.PositiveInfinity, n)];
        var solver = new BoundedLeastSquares([.. free.Select(bound => -bound)], free);
        solver.Solve(gram, right, new double[n]);
        solver.Covariance(covariance);
        var parts = fit.Parts.Count;
        var filter = new double[rows * parts];
        for (var p = 0; p < parts; p++)
        {
            if (!double.IsFinite(covariance[(p * n) + p]))
            {
                throw ProblemException.Invalid($"{fit.Parts[p].Name} cannot be told from the other lines at this resolution: leave one of them out.");
            }

            for (var c = 0; c < n; c++)
            {
                var factor = covariance[(p * n) + c];
                for (var i = 0; i < rows && factor != 0; i++)
                {
                    filter[(i * parts) + p] += factor * columns[c][i] * weights[i];
                }
            }
        }

        return filter;
    }

    /// <summary>The background cut into overlapping triangles that add up to it.</summary>
    private static IEnumerable<double[]> Pieces(double[] background)
    {
        for (var piece = 0; piece < BackgroundPieces; piece++)
        {
            var column = new double[background.Length];
            for (var i = 0; i < column.Length; i++)
            {
                // Channels stand evenly; half of all soft lines lie in the first tenth, so the scale is their root.
                var at = Math.Sqrt((double)i / (column.Length - 1)) * (BackgroundPieces - 1);
                column[i] = background[i] * Math.Max(0, 1 - Math.Abs(at - piece));
            }

            if (column.Any(count => count > 0))
            {
                yield return column;
            }
        }
    }
}

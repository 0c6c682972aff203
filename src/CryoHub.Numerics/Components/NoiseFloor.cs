namespace CryoHub.Numerics.Components;

/// <summary>
/// Where the eigenvalues of noise end: those of a matrix of independent noise of one variance fill a range with a sharp upper edge (Marchenko and Pastur 1967), which the largest
/// exceeds by little (Johnstone, Ann. Statist. 29 (2001) 295, doi:10.1214/aos/1009210544). The components above it are counted one after the other, each time with the noise
/// that the rest implies (Kritchman and Nadler, Chemom. Intell. Lab. Syst. 94 (2008) 19, doi:10.1016/j.chemolab.2008.06.002).
/// </summary>
/// <param name="Components">Eigenvalues above the edge.</param>
/// <param name="Variance">Of the noise in one entry of the matrix.</param>
/// <param name="Edge">The eigenvalue that noise exceeds in one of a hundred data sets.</param>
public readonly record struct NoiseFloor(int Components, double Variance, double Edge)
{
    private const double OneInHundred = 2.0234;     // quantile of the Tracy-Widom distribution of order 1

    /// <summary>Of the eigenvalues of A^T A or A A^T, whichever is smaller.</summary>
    /// <param name="eigenvalues">All of them, the largest first.</param>
    /// <param name="samples">The larger side of A.</param>
    public static NoiseFloor Of(IReadOnlyList<double> eigenvalues, int samples)
    {
        var rest = eigenvalues.Sum();
        for (var k = 0; ; k++)
        {
            double columns = eigenvalues.Count - k, rows = Math.Max(1, samples - k);
            var variance = columns > 0 ? Math.Max(0, rest) / (columns * rows) : 0;
            var root = Math.Sqrt(rows) + Math.Sqrt(Math.Max(1, columns));
            var edge = variance * ((root * root) + (OneInHundred * root * Math.Cbrt((1 / Math.Sqrt(rows)) + (1 / Math.Sqrt(Math.Max(1, columns))))));
            if (k >= eigenvalues.Count || eigenvalues[k] <= edge)
            {
                return new NoiseFloor(k, variance, edge);
            }

            rest -= eigenvalues[k];
        }
    }

    /// <summary>
    /// How many values stand before the elbow of a scree: the point of the first <paramref name="most"/> that lies farthest below the straight line from the first to the last
    /// in their logarithms. For noise that the range above does not describe, as of counts that are mostly zero.
    /// </summary>
    /// <param name="eigenvalues">The largest first.</param>
    public static int Elbow(IReadOnlyList<double> eigenvalues, int most)
    {
        double[] heights = [.. eigenvalues.Take(most).TakeWhile(value => value > 0).Select(value => Math.Log(value))];
        var (elbow, farthest) = (0, 0.0);
        for (var i = 1; i < heights.Length - 1; i++)
        {
            var below = heights[0] + ((heights[^1] - heights[0]) * i / (heights.Length - 1)) - heights[i];
            (elbow, farthest) = below > farthest ? (i, below) : (elbow, farthest);
        }

        return elbow;
    }
}

namespace CryoHub.Analyses.Eels.References;

/// <summary>Shares of the references in the counts that they explain together, with one sigma from the amounts' covariance; NaN where the sum is not above its uncertainty.</summary>
internal readonly record struct ReferenceShares(double[] Share, double[] Error)
{
    public static ReferenceShares Of(ReferenceFit fit, ReferenceSet set)
    {
        var n = set.Names.Length;
        double Covariance(int i, int j) => fit.Covariance[(i * set.Columns) + j];
        var (sum, variance) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            sum += fit.Solution[i];
            for (var j = 0; j < n; j++)
            {
                variance += Covariance(i, j);
            }
        }

        var (shares, errors) = (new double[n], new double[n]);
        for (var r = 0; r < n; r++)
        {
            var share = fit.Solution[r] / sum;
            var spread = 0.0;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    spread += ((i == r ? 1 : 0) - share) * ((j == r ? 1 : 0) - share) * Covariance(i, j);
                }
            }

            (shares[r], errors[r]) = sum > Math.Sqrt(Math.Max(0, variance)) ? (share, Math.Sqrt(Math.Max(0, spread)) / sum) : (double.NaN, double.NaN);
        }

        return new ReferenceShares(shares, errors);
    }
}

namespace CryoHub.Analyses.Annotated;

/// <summary>
/// Standard errors of statistics of a profile along an interface by the moving-block bootstrap (Künsch, Ann. Stat. 17 (1989) 1217, doi:10.1214/aos/1176347265): what another
/// stretch of the same interface may show.
/// </summary>
internal static class BlockResamples
{
    private const int Draws = 200, LeastBlocks = 4, Seed = 1;

    /// <summary>The standard deviation of each statistic over the draws; NaN where there are too few blocks.</summary>
    public static double[] Errors(ReadOnlySpan<double> profile, int block, IReadOnlyList<Func<double[], double>> statistics)
    {
        var errors = new double[statistics.Count];
        var blocks = profile.Length / Math.Max(1, block);
        if (blocks < LeastBlocks)
        {
            Array.Fill(errors, double.NaN);
            return errors;
        }

        var random = new Random(Seed);
        var found = statistics.Select(_ => new double[Draws]).ToArray();
        var drawn = new double[blocks * block];
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < blocks; i++)
            {
                profile.Slice(random.Next(profile.Length - block + 1), block).CopyTo(drawn.AsSpan(i * block));
            }

            for (var k = 0; k < found.Length; k++)
            {
                found[k][draw] = statistics[k](drawn);
            }
        }

        for (var k = 0; k < errors.Length; k++)
        {
            var mean = found[k].Average();
            errors[k] = Math.Sqrt(found[k].Sum(value => (value - mean) * (value - mean)) / (Draws - 1));
        }

        return errors;
    }
}

using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>The residual against the iteration, what is left in each view, and where on the detector.</summary>
internal static class ResidualResults
{
    public static async Task WriteAsync(AnalysisRun run, TomogramPlan plan, ResidualLog log, CancellationToken ct)
    {
        var residual = log.Relative();
        double[] iterations = [.. Enumerable.Range(0, residual.Length).Select(i => (double)i)];
        run.Results.Curve("Residual", iterations, residual, "iteration", "of the projections");
        run.Results.Number("Iterations", log.Done, "");
        var (views, across) = (plan.Views.Length, plan.Grid.Across);
        double[] byView = [.. Enumerable.Range(0, views).Select(view => Relative(log, across, view))];
        run.Results.Number("Residual", Math.Sqrt(log.Left.ToArray().Sum() / Math.Max(double.Epsilon, log.Measured.ToArray().Sum())), "of the projections");
        run.Results.Curve("Residual of each view", plan.Angles, byView, "deg", "of the projection");
        if (log.Done < log.Rounds)
        {
            run.Results.Warn($"Stopped after {log.Done} of {log.Rounds} iterations.");
        }

        var map = new float[views * across];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = (float)Math.Sqrt(log.Left[i] / plan.Grid.Along);
        }

        var header = new SignalHeader(
            "Projection residuals",
            SignalKind.Image,
            PixelType.Float32,
            [new Axis("view", views, "", AxisRole.Tilt, 1, 1), plan.Space("u", across)],
            AcquisitionMetadata.None,
            MetadataTree.Empty);
        await run.Results.ImageAsync("Projection residuals", header, map, ct);
    }

    private static double Relative(ResidualLog log, int across, int view)
    {
        var left = 0.0;
        foreach (var square in log.Left.Slice(view * across, across))
        {
            left += square;
        }

        return log.Measured[view] > 0 ? Math.Sqrt(left / log.Measured[view]) : 0;
    }
}

using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Reads the projections of a tilt series, one after the other, onto the rows of the reconstruction's grid that a part needs.</summary>
internal static class ProjectionReader
{
    /// <summary>Hands every view that is used, as [rows of the range, across], to <paramref name="take"/>; its memory is used again for the next.</summary>
    public static async Task ReadAsync(
        AnalysisRun run, ISignal signal, TomogramPlan plan, TomogramWbpParameters parameters, StripRange range, Action<int, float[]> take, CancellationToken ct)
    {
        var image = new float[plan.Rows * plan.Columns];
        var binned = plan.Binning == 1 ? image : new float[plan.Rows / plan.Binning * (plan.Columns / plan.Binning)];
        var grid = new float[plan.Grid.Across * range.Rows];
        for (var view = 0; view < plan.Views.Length; view++)
        {
            run.Progress.Report(new Step(VolumeSlabs.FilterShare * view / plan.Views.Length, $"Reading projection {view + 1} of {plan.Views.Length}"));
            await signal.ReadAsync(plan.Frames[view], image, ct);
            InputChecks.RequireValues(image, plan.Columns, $"Projection {plan.Frames[view]} ({plan.Angles[view]:0.##} deg)");
            Convert(image, parameters);
            if (plan.Binning > 1)
            {
                Binning.Mean(image, plan.Columns, plan.Binning, binned);
            }

            plan.Grid.Resample(binned, range.FirstRow, range.Rows, grid);
            take(view, grid);
        }
    }

    /// <summary>Subtracts the vacuum; turns transmitted into absorbed: ln(I0 / I), with I not below a thousandth of I0.</summary>
    private static void Convert(float[] image, TomogramWbpParameters parameters)
    {
        if (parameters.VacuumLevel != 0)
        {
            var vacuum = (float)parameters.VacuumLevel;
            foreach (ref var pixel in image.AsSpan())
            {
                pixel -= vacuum;
            }
        }

        if (parameters.Transmission)
        {
            var incident = parameters.IncidentIntensity is { } given ? (float)given : Brightest(image);
            foreach (ref var pixel in image.AsSpan())
            {
                pixel = -MathF.Log(Math.Max(pixel / incident, 1e-3f));
            }
        }
    }

    private static float Brightest(float[] image)
    {
        var sorted = (float[])image.Clone();
        Array.Sort(sorted);
        var bright = sorted[^Math.Max(1, sorted.Length / 100)];
        return bright > 0 ? bright : throw ProblemException.Invalid($"Transmission needs positive intensities: the brightest percent of a view begins at {bright:g4}.");
    }
}

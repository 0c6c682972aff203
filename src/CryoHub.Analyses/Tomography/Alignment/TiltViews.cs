using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>The views of a tilt series in memory, binned for the search; positions are in binned pixels from the middle.</summary>
internal sealed class TiltViews
{
    private readonly (double X, double Y) rest;

    private TiltViews(double[] angles, int[] frames, int binning, (int Rows, int Columns) full, float[][] images)
    {
        (Angles, Frames, Binning, Rows, Columns, Images) = (angles, frames, binning, full.Rows / binning, full.Columns / binning, images);
        rest = (full.Columns % binning / 2.0, full.Rows % binning / 2.0); // binning leaves out a rest at the right and lower border
        Reference = Enumerable.Range(0, angles.Length).MinBy(view => Math.Abs(angles[view]));
        Order = Outwards(angles, Reference);
    }

    public double[] Angles { get; }

    public int[] Frames { get; }

    public int Binning { get; }

    public int Rows { get; }

    public int Columns { get; }

    public float[][] Images { get; }

    public int Count => Angles.Length;

    /// <summary>The view nearest 0 degrees.</summary>
    public int Reference { get; }

    /// <summary>Every view but the reference with the neighbour it is compared with, which came before it.</summary>
    public IReadOnlyList<(int View, int Neighbour)> Order { get; }

    /// <summary>Reads the views; the binning is the least at which images and their maps fit into the run's memory, where none is given.</summary>
    public static async Task<TiltViews> ReadAsync(AnalysisRun run, ISignal signal, double[] angles, int[] frames, int? binning, CancellationToken ct)
    {
        const int smallest = 16;
        var (rows, columns) = ((int)signal.Header.Axes[1].Size, (int)signal.Header.Axes[2].Size);
        var factor = binning ?? 1;
        while (binning is null && 2L * sizeof(float) * frames.Length * (rows / factor) * (columns / factor) > run.Memory)
        {
            factor++;
        }

        if (rows / factor < smallest || columns / factor < smallest)
        {
            throw ProblemException.Invalid($"Alignment needs images of at least {smallest} x {smallest} px; {columns} x {rows} px binned by {factor} leave {columns / factor} x {rows / factor} px.");
        }

        var images = new float[frames.Length][];
        var image = new float[rows * columns];
        for (var view = 0; view < frames.Length; view++)
        {
            run.Progress.Report(new Step(0.2 * view / frames.Length, $"Reading view {view + 1} of {frames.Length}"));
            await signal.ReadAsync(frames[view], image, ct);
            InputChecks.RequireValues(image, columns, $"View {frames[view] + 1} ({angles[view]:0.##} deg)");
            images[view] = factor == 1 ? (float[])image.Clone() : new float[rows / factor * (columns / factor)];
            if (factor > 1)
            {
                Numerics.Tomography.Binning.Mean(image, columns, factor, images[view]);
            }
        }

        return new TiltViews(angles, frames, factor, (rows, columns), images);
    }

    /// <summary>From search pixels to the file's, both from the image's middle.</summary>
    public (double X, double Y) ToFull(double x, double y) => ((x * Binning) - rest.X, (y * Binning) - rest.Y);

    /// <summary>The inverse of <see cref="ToFull"/>.</summary>
    public (double X, double Y) FromFull(double x, double y) => ((x + rest.X) / Binning, (y + rest.Y) / Binning);

    private static List<(int View, int Neighbour)> Outwards(double[] angles, int reference)
    {
        var sorted = Enumerable.Range(0, angles.Length).OrderBy(view => angles[view]).ToArray();
        var middle = Array.IndexOf(sorted, reference);
        var order = new List<(int, int)>();
        for (var i = middle + 1; i < sorted.Length; i++)
        {
            order.Add((sorted[i], sorted[i - 1]));
        }

        for (var i = middle - 1; i >= 0; i--)
        {
            order.Add((sorted[i], sorted[i + 1]));
        }

        return order;
    }
}

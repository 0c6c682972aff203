using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>The filtered and weighted projections of some strips, laid out strip by strip as <see cref="BackProjection"/> reads them; strips and rows are counted from the first of the range.</summary>
internal sealed class FilteredProjections : IDisposable
{
    private readonly TomogramPlan plan;
    private readonly StripRange range;
    private readonly ProjectionBorder border;
    private readonly int length;
    private readonly float[] response;
    private readonly AlignedFloats[] strips;

    public FilteredProjections(TomogramPlan plan, TomogramWbpParameters parameters, StripRange range)
    {
        (this.plan, this.range) = (plan, range);
        border = parameters.Border;
        length = RealFourier.FastLength(2 * plan.Grid.Across);
        response = parameters.Filter switch
        {
            ProjectionFilter.SirtLike => RampFilter.SirtLike(length, plan.Grid.Across, parameters.Iterations),
            ProjectionFilter.Hann => RampFilter.Hann(length),
            ProjectionFilter.Cosine => RampFilter.Cosine(length),
            _ => RampFilter.Ramp(length),
        };
        strips = [.. Enumerable.Range(0, range.Count).Select(_ => new AlignedFloats(BackProjection.StripLength(plan.Views.Length, plan.Grid.Across)))];
    }

    public StripRange Range => range;

    public ReadOnlySpan<float> Strip(int strip) => strips[strip].Span;

    /// <summary>Filters one strip of view <paramref name="view"/>; <paramref name="grid"/> [rows of the range, across] is the projection on the reconstruction's grid.</summary>
    public void Add(int view, int strip, ReadOnlySpan<float> grid)
    {
        var across = plan.Grid.Across;
        var first = strip * BackProjection.Strip;
        var rows = Math.Min(BackProjection.Strip, range.Rows - first);
        using var padded = new AlignedFloats(rows * length);
        using var spectra = new AlignedFloats(rows * RealFourier.HalfLength(length));
        for (var row = 0; row < rows; row++)
        {
            Pad(grid.Slice((first + row) * across, across), padded.Span.Slice(row * length, length));
        }

        RealFourier.ForwardRows(padded.Span, rows, length, spectra.Span);
        RampFilter.Apply(spectra.Span, response);
        RealFourier.InverseRows(spectra.Span, rows, length, padded.Span);
        Scatter(view, strip, padded.Span, rows, (float)(plan.Weights[view] / length));
    }

    public void Dispose()
    {
        foreach (var strip in strips)
        {
            strip.Dispose();
        }
    }

    /// <summary>The transform is periodic: beyond the row lies the way back from its last to its first pixel, or vacuum.</summary>
    private void Pad(ReadOnlySpan<float> row, Span<float> padded)
    {
        row.CopyTo(padded);
        var beyond = padded[row.Length..];
        for (var i = 0; i < beyond.Length && border == ProjectionBorder.Extend; i++)
        {
            var way = (i + 1f) / (beyond.Length + 1);
            var step = way * way * (3 - (2 * way)); // flat at both ends, as the specimen's continuation would be
            beyond[i] = row[^1] + (step * (row[0] - row[^1]));
        }
    }

    private void Scatter(int view, int strip, ReadOnlySpan<float> filtered, int rows, float weight)
    {
        var across = plan.Grid.Across;
        var sinogram = strips[strip].Span[BackProjection.Offset(view, 0, across)..];
        for (var u = 0; u < across; u++)
        {
            var slices = sinogram.Slice(u * BackProjection.Strip, rows);
            for (var row = 0; row < slices.Length; row++)
            {
                slices[row] = filtered[(row * length) + u] * weight;
            }
        }
    }
}

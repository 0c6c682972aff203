using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Movies;

/// <summary>
/// Rigid drift of frames: each, moved by what is known of its shift, is compared with the sum of all others, until nothing moves (Li et al., Nat. Methods 10 (2013)
/// 584; Grant and Grigorieff, eLife 4 (2015) e06980). Frames are moved before they are windowed, so the window pulls nothing.
/// </summary>
internal sealed class DriftSearch : IDisposable
{
    private const double Taper = 0.08;

    private readonly float[][] frames;
    private readonly int rows;
    private readonly int columns;
    private readonly float[] weights;
    private readonly AlignedFloats[] spectra;
    private readonly AlignedFloats sum;

    public DriftSearch(float[][] frames, int rows, int columns, float[] weights)
    {
        (this.frames, this.rows, this.columns, this.weights) = (frames, rows, columns, weights);
        spectra = [.. frames.Select(_ => new AlignedFloats(rows * RealFourier.HalfLength(columns)))];
        sum = new AlignedFloats(rows * RealFourier.HalfLength(columns));
        Shifts = new ImageShift[frames.Length];
    }

    /// <summary>Where each frame's picture lies against the first's, in pixels of the frames given.</summary>
    public ImageShift[] Shifts { get; }

    /// <summary>The frames' neighbours, one after the other: a start for drifts larger than the picture's structure.</summary>
    public void Chain(double limit, ParallelOptions options)
    {
        Spectra(options);
        var steps = new ImageShift[frames.Length];
        Parallel.For(1, frames.Length, options, Scratch, (i, _, scratch) =>
        {
            steps[i] = scratch.Correlation.Shift(spectra[i - 1], spectra[i], limit);
            return scratch;
        }, Free);
        for (var i = 1; i < frames.Length; i++)
        {
            Shifts[i] = new ImageShift(Shifts[i - 1].X + steps[i].X, Shifts[i - 1].Y + steps[i].Y, steps[i].Correlation);
        }
    }

    /// <summary>One round; gives back the largest move.</summary>
    public double Refine(double limit, ParallelOptions options)
    {
        Spectra(options);
        sum.Span.Clear();
        foreach (var spectrum in spectra)
        {
            Add(sum.Span, spectrum.Span, 1);
        }

        var moves = new ImageShift[frames.Length];
        Parallel.For(0, frames.Length, options, Scratch, (i, _, scratch) =>
        {
            var (correlation, others) = scratch;
            sum.Span.CopyTo(others.Span);
            Add(others.Span, spectra[i].Span, -1);
            moves[i] = correlation.Shift(others, spectra[i], limit);
            return scratch;
        }, Free);
        var origin = moves[0];
        var largest = 0.0;
        for (var i = 0; i < frames.Length; i++)
        {
            var (dx, dy) = (moves[i].X - origin.X, moves[i].Y - origin.Y);
            Shifts[i] = new ImageShift(Shifts[i].X + dx, Shifts[i].Y + dy, moves[i].Correlation);
            largest = Math.Max(largest, double.Hypot(dx, dy));
        }

        return largest;
    }

    public void Dispose()
    {
        sum.Dispose();
        foreach (var spectrum in spectra)
        {
            spectrum.Dispose();
        }
    }

    private void Spectra(ParallelOptions options) => Parallel.For(0, frames.Length, options, i =>
    {
        var moved = frames[i];
        if (Shifts[i].X != 0 || Shifts[i].Y != 0)
        {
            moved = new float[rows * columns];
            AffineSampling.Shift(Shifts[i].X, Shifts[i].Y).Cubic(frames[i], rows, columns, moved, rows, columns, frames[i].Average());
        }

        BandPass.Spectrum(moved, rows, columns, Taper, weights, spectra[i]);
    });

    private (CrossCorrelation Correlation, AlignedFloats Spectrum) Scratch() => (new(rows, columns), new(sum.Length));

    private static void Free((CrossCorrelation Correlation, AlignedFloats Spectrum) scratch)
    {
        scratch.Correlation.Dispose();
        scratch.Spectrum.Dispose();
    }

    private static void Add(Span<float> to, ReadOnlySpan<float> what, float factor)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }
}

using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Follows square patches of the specimen from the flattest view outwards by correlating each with its picture in the neighbouring view.</summary>
internal sealed class PatchTracker
{
    private const double LeastCorrelation = 0.1;
    private const double Taper = 0.3;
    private const int Passes = 3;

    private readonly TiltViews views;
    private readonly double axis;
    private readonly int size;
    private readonly float[] weights;
    private readonly (double X, double Y)[] patches;

    /// <exception cref="ProblemException">Fewer than three patches fit into the image.</exception>
    public PatchTracker(TiltViews views, TiltAlignParameters parameters, double axis)
    {
        (this.views, this.axis) = (views, axis);
        size = (parameters.SizeOfPatches ?? Math.Min(views.Rows, views.Columns) * views.Binning / 4) / views.Binning;
        var step = size * (1 - parameters.OverlapOfPatches);
        var (across, down) = (1 + (int)((views.Columns - size) / step), 1 + (int)((views.Rows - size) / step));
        if (size < 8 || size > views.Columns || size > views.Rows || across * down < 3)
        {
            throw ProblemException.Invalid($"Patches of {size * views.Binning} px leave {Math.Max(0, across) * Math.Max(0, down)} in an image of {views.Columns * views.Binning} x {views.Rows * views.Binning} px; at least 3 of at least {8 * views.Binning} px are needed.");
        }

        weights = BandPass.Weights(size, size, parameters.FilterSigma1 * views.Binning, parameters.FilterRadius2, parameters.FilterSigma2);
        patches = [.. Enumerable.Range(0, across * down).Select(i => (((i % across) - ((across - 1) / 2.0)) * step, ((i / across) - ((down - 1) / 2.0)) * step))];
    }

    public MarkerTracks Follow((double X, double Y, double Correlation)[] shifts, AnalysisRun run, CancellationToken ct)
    {
        var tracks = new MarkerTracks(views.Count, patches.Length);
        for (var patch = 0; patch < patches.Length; patch++)
        {
            tracks[views.Reference, patch] = views.ToFull(patches[patch].X, patches[patch].Y);
        }

        var done = 0;
        foreach (var (view, neighbour) in views.Order)
        {
            run.Progress.Report(new Step(0.3 + (0.4 * done / views.Order.Count), $"Following patches in view {++done} of {views.Order.Count}"));
            var stretch = Stretch.Between(views.Angles[neighbour], views.Angles[view], axis);
            Parallel.For(0, patches.Length, run.Parallel(ct), patch => Follow(tracks, patch, view, neighbour, stretch, shifts));
        }

        return tracks;
    }

    private void Follow(MarkerTracks tracks, int patch, int view, int neighbour, Stretch stretch, (double X, double Y, double Correlation)[] shifts)
    {
        if (!tracks.Has(neighbour, patch))
        {
            return;
        }

        var (fullX, fullY) = tracks[neighbour, patch];
        var (x, y) = views.FromFull(fullX, fullY);
        var (dx, dy) = stretch.Apply(x - shifts[neighbour].X, y - shifts[neighbour].Y);
        var place = (X: dx + shifts[view].X, Y: dy + shifts[view].Y);
        using var reference = Spectrum(neighbour, new AffineSampling(1, 0, 0, 1, x, y));
        var correlation = 0.0;
        for (var pass = 0; pass < Passes && Inside(place); pass++)
        {
            using var spectrum = Spectrum(view, new AffineSampling(stretch.Xx, stretch.Xy, stretch.Xy, stretch.Yy, place.X, place.Y));
            var found = CrossCorrelation.Shift(reference, spectrum, size, size, pass == 0 ? size / 4.0 : 2);
            var (mx, my) = stretch.Apply(found.X, found.Y);
            (place, correlation) = ((place.X + mx, place.Y + my), found.Correlation);
        }

        if (Inside(place) && correlation >= LeastCorrelation)
        {
            tracks[view, patch] = views.ToFull(place.X, place.Y);
        }
    }

    private bool Inside((double X, double Y) place) => Math.Abs(place.X) < (views.Columns - (size / 2.0)) / 2 && Math.Abs(place.Y) < (views.Rows - (size / 2.0)) / 2;

    private AlignedFloats Spectrum(int view, AffineSampling sampling)
    {
        var patch = new float[size * size];
        sampling.Linear(views.Images[view], views.Rows, views.Columns, patch, size, size);
        var spectrum = new AlignedFloats(size * RealFourier.HalfLength(size));
        BandPass.Spectrum(patch, size, size, Taper, weights, spectrum);
        return spectrum;
    }
}

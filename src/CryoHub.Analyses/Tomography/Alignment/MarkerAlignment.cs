using CryoHub.Imaging;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>From tracks of markers to poses: fits the projection model, from several axis angles where none is known.</summary>
internal static class MarkerAlignment
{
    private const int LeastViews = 3;
    private const int LeastMarkers = 3;

    /// <exception cref="ProblemException">Too few markers last long enough.</exception>
    public static Alignment Fit(TiltViews views, MarkerTracks tracks, TiltAlignParameters parameters, double? axis)
    {
        var lasting = tracks.Lasting(Math.Min(LeastViews, views.Count));
        if (lasting.Markers < LeastMarkers)
        {
            throw ProblemException.Invalid(
                $"{tracks.Markers} markers were found at {views.Angles[views.Reference]:0.#} deg and {lasting.Markers} of them in at least {Math.Min(LeastViews, views.Count)} views; at least {LeastMarkers} are needed: check the bead diameter and threshold, or track patches.");
        }

        var seen = lasting.Positions();
        foreach (var view in Enumerable.Range(0, views.Count).Where(view => seen.All(at => at.View != view)))
        {
            throw ProblemException.Invalid($"No marker was seen in view {views.Frames[view] + 1} ({views.Angles[view]:0.#} deg): exclude it, or widen the search radius.");
        }

        var options = new TiltModelOptions(parameters.Rotation != SolveFor.Nothing, parameters.Rotation == SolveFor.EachView, parameters.Magnification, parameters.Robust);
        double[] starts = axis is { } known ? [known] : [0, 30, 60, 90, -30, -60];
        var model = starts
            .Select(start => TiltModel.Fit(seen, [.. views.Angles.Select(angle => new ViewPose(angle, start, 1, 0, 0))], lasting.Markers, views.Reference, options))
            .MinBy(fit => Enumerable.Range(0, seen.Count).Sum(i => Math.Min(fit.Distance(i), 20)))!; // a wrong start may explain a few markers well and drop the rest
        return new Alignment([.. model.Poses], Tracks: lasting, Model: model);
    }
}

using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Finds beads in the flattest view, follows them outwards, and looks again for each where the fitted model puts it.</summary>
internal sealed class BeadTracker
{
    private const double LeastSearch = 10; // px

    private readonly TiltViews views;
    private readonly TiltAlignParameters parameters;
    private readonly BeadMap[] maps;

    public BeadTracker(TiltViews views, TiltAlignParameters parameters, AnalysisRun run, CancellationToken ct)
    {
        (this.views, this.parameters) = (views, parameters);
        maps = new BeadMap[views.Count];
        Parallel.For(0, views.Count, run.Parallel(ct), view =>
        {
            maps[view] = new BeadMap(views.Images[view], views.Rows, views.Columns, Diameter, parameters.DarkBeads);
            run.Progress.Report(new Step(0.4, $"Looking for beads in view {view + 1} of {views.Count}"));
        });
    }

    private double Diameter => parameters.BeadDiameter / views.Binning;

    private double Threshold => 0.7 * parameters.BeadThreshold; // beads blur and overlap at steep tilts; a wrong one loses its weight in the fit

    /// <summary>Beads followed by means of the coarse shifts (search pixels).</summary>
    public MarkerTracks Follow((double X, double Y, double Correlation)[] shifts, double axis)
    {
        var found = maps[views.Reference].Peaks(parameters.BeadThreshold, Diameter, parameters.MostBeads);
        var tracks = new MarkerTracks(views.Count, found.Count);
        var expected = new (double X, double Y)[views.Count, found.Count];
        for (var bead = 0; bead < found.Count; bead++)
        {
            expected[views.Reference, bead] = (found[bead].X - MiddleX, found[bead].Y - MiddleY);
            tracks[views.Reference, bead] = Full(expected[views.Reference, bead]);
        }

        var radius = (parameters.SearchRadius ?? Math.Max(LeastSearch, parameters.BeadDiameter)) / views.Binning;
        foreach (var (view, neighbour) in views.Order)
        {
            var stretch = Stretch.Between(views.Angles[neighbour], views.Angles[view], axis);
            for (var bead = 0; bead < found.Count; bead++)
            {
                var (x, y) = expected[neighbour, bead];
                var (dx, dy) = stretch.Apply(x - shifts[neighbour].X, y - shifts[neighbour].Y);
                var guess = (X: dx + shifts[view].X, Y: dy + shifts[view].Y);
                var place = Place(view, guess, radius);
                expected[view, bead] = place ?? guess;
                if (place is { } at)
                {
                    tracks[view, bead] = Full(at);
                }
            }
        }

        return tracks;
    }

    /// <summary>Looks for every bead in every view where the model puts it.</summary>
    public MarkerTracks Again(TiltModel model)
    {
        var tracks = new MarkerTracks(views.Count, model.Places.Length / 3);
        var radius = Math.Max(2.5, Diameter / 2);
        for (var view = 0; view < views.Count; view++)
        {
            for (var bead = 0; bead < tracks.Markers; bead++)
            {
                var (x, y) = model.Poses[view].Project(model.Places[3 * bead], model.Places[(3 * bead) + 1], model.Places[(3 * bead) + 2]);
                if (Place(view, views.FromFull(x, y), radius) is { } at)
                {
                    tracks[view, bead] = Full(at);
                }
            }
        }

        return tracks;
    }

    private double MiddleX => (views.Columns - 1) / 2.0;

    private double MiddleY => (views.Rows - 1) / 2.0;

    private (double X, double Y)? Place(int view, (double X, double Y) guess, double radius) =>
        maps[view].Near(guess.X + MiddleX, guess.Y + MiddleY, radius, Threshold) is { } at ? (at.X - MiddleX, at.Y - MiddleY) : null;

    private (double X, double Y) Full((double X, double Y) place) => views.ToFull(place.X, place.Y);
}

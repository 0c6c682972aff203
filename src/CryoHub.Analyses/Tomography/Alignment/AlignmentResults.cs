using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Writes what an alignment gives: the aligned series, its numbers, curves and residuals, and IMOD's files.</summary>
internal sealed class AlignmentResults(AnalysisRun run, ISignal signal, TiltViews views, Alignment alignment, TiltAlignParameters parameters)
{
    private readonly SignalHeader header = signal.Header;
    private readonly double offset = parameters.Level && !double.IsNaN(alignment.Pretilt) ? -alignment.Pretilt : 0;

    private IResultSink Results => run.Results;

    private double[] Angles => [.. views.Angles.Select(angle => angle + offset)];

    public async Task WriteAsync(CancellationToken ct)
    {
        Summarise();
        await SeriesAsync(ct);
        await ImodAsync(ct);
        if (alignment.Model is not null)
        {
            await ResidualsAsync(alignment.Model, alignment.Tracks!, ct);
        }
    }

    private void Summarise()
    {
        var rotation = alignment.Poses.Average(pose => pose.Rotation);
        Results.Number("Views", views.Count, "");
        Results.Number("Tilt axis angle", rotation, "deg", alignment.Model?.AxisError is { } error && !double.IsNaN(error) ? error : null);
        if (!double.IsNaN(alignment.Pretilt))
        {
            Results.Number("Tilt offset that levels the specimen", -alignment.Pretilt, "deg");
        }

        Results.Number("Tilt offset applied", offset, "deg");
        double[] shiftX = [.. alignment.Poses.Select(pose => pose.ShiftX)], shiftY = [.. alignment.Poses.Select(pose => pose.ShiftY)];
        Results.Curve("Shift x", views.Angles, shiftX, "deg", "px");
        Results.Curve("Shift y", views.Angles, shiftY, "deg", "px");
        var columns = new List<Column>
        {
            new("View", "", [.. views.Frames.Select(frame => (object)(double)(frame + 1))]),
            new("Tilt angle", "deg", [.. Angles.Select(angle => (object)angle)]),
            new("Rotation", "deg", [.. alignment.Poses.Select(pose => (object)pose.Rotation)]),
            new("Magnification", "", [.. alignment.Poses.Select(pose => (object)pose.Magnification)]),
            new("Shift x", "px", [.. shiftX.Select(shift => (object)shift)]),
            new("Shift y", "px", [.. shiftY.Select(shift => (object)shift)]),
        };
        if (alignment.Quality is { } quality)
        {
            columns.Add(new("Correlation with its neighbour", "", [.. quality.Select(value => (object)value)]));
        }

        Results.Table("Views", columns);
    }

    /// <summary>The views as the model sees them: tilt axis upwards through the middle.</summary>
    private async Task SeriesAsync(CancellationToken ct)
    {
        var series = new AlignedSeries(signal, views.Frames, alignment.Poses, Angles);
        var aligned = series.Header;
        Scratch.Require(aligned.PixelCount * sizeof(float));
        var image = new float[series.Rows * series.Columns];
        var result = new float[aligned.FramePixels];
        var (before, after) = (new double[views.Count], new double[views.Count]);
        await using var file = Scratch.File();
        await using (var writer = await Results.VolumeAsync("Aligned series", aligned, ct))
        await using (var mrc = new MrcFile(file, aligned))
        {
            for (var view = 0; view < views.Count; view++)
            {
                run.Progress.Report(new Step(0.8 + (0.2 * view / views.Count), $"Writing view {view + 1} of {views.Count}"));
                await series.ReadAsync(view, image, result, ct);
                var scale = (float)(alignment.Poses[view].Magnification * alignment.Poses[view].Magnification); // the same mass on other pixels
                (before[view], after[view]) = (image.Sum(pixel => (double)pixel), result.Sum(pixel => (double)pixel * scale));
                var bytes = MemoryMarshal.AsBytes(result.AsSpan()).ToArray();
                await writer.WriteSlabAsync(view, bytes, ct);
                await mrc.WriteSlabAsync(view, bytes, ct);
            }
        }

        await Results.FileAsync("aligned.mrc", "application/x-mrc", file, ct);
        Results.Curve("Total intensity", Angles, after, "deg", "counts");
        Results.Number("Spread of the total intensity before", Spread(before), "%");
        Results.Number("Spread of the total intensity after", Spread(after), "%");
        Results.Number("Largest change of a view's total intensity", before.Zip(after, (a, b) => a != 0 ? 100 * Math.Abs((b / a) - 1) : 0).Max(), "%");
    }

    private async Task ImodAsync(CancellationToken ct)
    {
        await using var transforms = ImodText.Transforms(alignment.Poses);
        await Results.FileAsync("aligned.xf", "text/plain", transforms, ct);
        await using var angles = ImodText.Angles(Angles);
        await Results.FileAsync("aligned.tlt", "text/plain", angles, ct);
        if (alignment.Tracks is { } tracks)
        {
            await using var model = ImodModel.Write(tracks, views.Frames, (int)header.Axes[0].Size, (int)header.Axes[2].Size, (int)header.Axes[1].Size);
            await Results.FileAsync("aligned.fid", "application/octet-stream", model, ct);
        }
    }

    /// <summary>How far each marker lies from where the model puts it: as a picture [marker, view] and as means over views and markers.</summary>
    private async Task ResidualsAsync(TiltModel model, MarkerTracks tracks, CancellationToken ct)
    {
        var seen = tracks.Positions();
        var map = new float[tracks.Markers * tracks.Views];
        map.AsSpan().Fill(float.NaN);
        for (var i = 0; i < seen.Count; i++)
        {
            map[(seen[i].Marker * tracks.Views) + seen[i].View] = (float)model.Distance(i);
        }

        var picture = new SignalHeader(
            "Residuals", SignalKind.Image, PixelType.Float32, [new Axis("marker", tracks.Markers, "", AxisRole.Frame, 1, 1), new Axis("view", tracks.Views, "", AxisRole.Frame, 1, 1)], AcquisitionMetadata.None, MetadataTree.Empty)
        {
            ValueUnit = "px",
        };
        await Results.ImageAsync("Residuals", picture, map, ct);
        Results.Number("Residual", model.Residual, "px");
        Results.Number("Markers", tracks.Markers, "");
        Results.Number("Measurements left out as outliers", model.Weights.ToArray().Count(weight => weight == 0), $"of {seen.Count}");
        Results.Curve("Residual of each view", Angles, [.. Enumerable.Range(0, tracks.Views).Select(view => Rms(seen, model, at => at.View == view))], "deg", "px");
        var places = model.Places.ToArray();
        Results.Table("Markers",
        [
            new("Marker", "", [.. Enumerable.Range(1, tracks.Markers).Select(marker => (object)(double)marker)]),
            new("X across the axis", "px", [.. Enumerable.Range(0, tracks.Markers).Select(marker => (object)places[3 * marker])]),
            new("Y along the axis", "px", [.. Enumerable.Range(0, tracks.Markers).Select(marker => (object)places[(3 * marker) + 1])]),
            new("Z along the beam", "px", [.. Enumerable.Range(0, tracks.Markers).Select(marker => (object)places[(3 * marker) + 2])]),
            new("Views", "", [.. Enumerable.Range(0, tracks.Markers).Select(marker => (object)(double)seen.Count(at => at.Marker == marker))]),
            new("Residual", "px", [.. Enumerable.Range(0, tracks.Markers).Select(marker => (object)Rms(seen, model, at => at.Marker == marker))]),
        ]);
        Results.Table("Marker positions",
        [
            new("View", "", [.. seen.Select(at => (object)(double)(views.Frames[at.View] + 1))]),
            new("Marker", "", [.. seen.Select(at => (object)(double)(at.Marker + 1))]),
            new("Column", "px", [.. seen.Select(at => (object)(at.X + ((header.Axes[2].Size - 1) / 2.0)))]),
            new("Row", "px", [.. seen.Select(at => (object)(at.Y + ((header.Axes[1].Size - 1) / 2.0)))]),
            new("Residual", "px", [.. Enumerable.Range(0, seen.Count).Select(i => (object)model.Distance(i))]),
        ]);
        if (tracks.Markers < 4)
        {
            Results.Warn($"Only {tracks.Markers} markers last through the series: they give shifts, while the axis angle stays as it was stated.");
        }

        foreach (var view in Enumerable.Range(0, tracks.Views).Where(view => Rms(seen, model, at => at.View == view) > 3 * model.Residual))
        {
            Results.Warn($"View {views.Frames[view] + 1} ({views.Angles[view]:0.#} deg) lies {Rms(seen, model, at => at.View == view):0.##} px off the model, the mean of all is {model.Residual:0.##} px: look at it, or exclude it.");
        }
    }

    private static double Rms(List<MarkerPosition> seen, TiltModel model, Func<MarkerPosition, bool> which)
    {
        int[] of = [.. Enumerable.Range(0, seen.Count).Where(i => model.Weights[i] > 0 && which(seen[i]))];
        return of.Length == 0 ? double.NaN : Math.Sqrt(of.Average(i => model.Distance(i) * model.Distance(i)));
    }

    private static double Spread(double[] totals) => 100 * (totals.Max() - totals.Min()) / totals.Min();
}

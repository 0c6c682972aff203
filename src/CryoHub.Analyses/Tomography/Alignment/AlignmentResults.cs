using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Registration;
using CryoHub.Numerics.Tomography;
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
        var (rows, columns) = ((int)header.Axes[1].Size, (int)header.Axes[2].Size);
        var grid = new ProjectionGrid(rows, columns, alignment.Poses.Average(pose => pose.Rotation));
        var (yAxis, xAxis) = grid.Across == columns ? (header.Axes[1], header.Axes[2]) : (header.Axes[2], header.Axes[1]);
        var aligned = header with
        {
            Name = $"{header.Name}, aligned",
            Kind = SignalKind.TiltSeries,
            Pixel = PixelType.Float32,
            Axes = [new Axis("tilt", views.Count, "deg", AxisRole.Tilt, Values: Angles), yAxis with { Name = "y", Size = grid.Along }, xAxis with { Name = "x", Size = grid.Across }],
            Metadata = header.Metadata with { TiltAxisDeg = 0 },
        };
        Scratch.Require(aligned.PixelCount * sizeof(float));
        var image = new float[rows * columns];
        var result = new float[grid.Along * grid.Across];
        var (before, after) = (new double[views.Count], new double[views.Count]);
        await using var file = Scratch.File();
        await using (var writer = await Results.VolumeAsync("Aligned series", aligned, ct))
        await using (var mrc = new MrcFile(file, aligned))
        {
            for (var view = 0; view < views.Count; view++)
            {
                run.Progress.Report(new Step(0.8 + (0.2 * view / views.Count), $"Writing view {view + 1} of {views.Count}"));
                await signal.ReadAsync(views.Frames[view], image, ct);
                Sampling(alignment.Poses[view]).Cubic(image, rows, columns, result, grid.Along, grid.Across, Fill(image, rows, columns));
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
        foreach (var view in Enumerable.Range(0, tracks.Views).Where(view => Rms(seen, model, at => at.View == view) > 3 * model.Residual))
        {
            Results.Warn($"View {views.Frames[view] + 1} ({views.Angles[view]:0.#} deg) lies {Rms(seen, model, at => at.View == view):0.##} px off the model, the mean of all is {model.Residual:0.##} px: look at it, or exclude it.");
        }
    }

    private static double Rms(List<MarkerPosition> seen, TiltModel model, Func<MarkerPosition, bool> which)
    {
        int[] of = [.. Enumerable.Range(0, seen.Count).Where(i => which(seen[i]))];
        return of.Length == 0 ? double.NaN : Math.Sqrt(of.Average(i => model.Distance(i) * model.Distance(i)));
    }

    private static AffineSampling Sampling(ViewPose pose)
    {
        var (sin, cos) = Math.SinCos(pose.Rotation * Math.PI / 180);
        var m = pose.Magnification;
        return new(m * cos, m * sin, -m * sin, m * cos, pose.ShiftX, pose.ShiftY);
    }

    /// <summary>What lies beyond the image: the mean of its rim.</summary>
    private static float Fill(float[] image, int rows, int columns) =>
        (float)Enumerable.Range(0, image.Length).Where(i => i < columns || i >= image.Length - columns || i % columns == 0 || i % columns == columns - 1).Average(i => (double)image[i]);

    private static double Spread(double[] totals) => 100 * (totals.Max() - totals.Min()) / totals.Min();
}

using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Imaging.Pictures;

namespace CryoHub.Analyses.VolumeMovie;

/// <summary>A movie of a volume: turning about z, or section after section.</summary>
public sealed class VolumeMovie : Analysis<VolumeMovieParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "volume-movie",
        1,
        "Movie of a volume",
        "A turning volume or a flight through its slices as MP4, WebM or PNG frames, with a scale bar.",
        [new AnalysisInput("signal", [SignalKind.Volume, SignalKind.ImageStack])],
        typeof(VolumeMovieParameters),
        ["Wallis, Miller, Lerner and Kleerup, IEEE Trans. Med. Imaging 8 (1989) 297, doi:10.1109/42.41482 (maximum intensity projection)"])
    {
        Formula =
        [
            "Turntable: frame i of n looks along (-sin a, cos a, 0) with a = 2 pi i / n; its pixel is the largest value or the mean of samples a pixel apart along the ray, bilinear in the slice, nearest along z.",
            "Through the slices: frame i of n shows section round(i (N - 1) / (n - 1)) of N, or the projection of a slab about it.",
            "Grey = (value - low) / (high - low); low and high leave out the same percentage of all frames' values at both ends.",
        ],
        Limits =
        [
            "A projection shows no depth: what lies in front does not hide what lies behind.",
            "Where the volume has more voxels than the picture pixels, a maximum may pass between samples; ask for a larger picture.",
            "Video codecs lose a little; take numbers from the volume, never from the movie.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double secondsPerSample = 6e-9; // measured: one bilinear sample of one thread
        var wanted = (VolumeMovieParameters)question.Parameters;
        var samples = (double)wanted.Frames * wanted.Size * wanted.Size * (wanted.Kind == MovieKind.Turntable ? wanted.Size : wanted.Slab);
        var reading = Analyses.Estimate.OfReading(question);
        return new Estimate(reading.Seconds + (samples * secondsPerSample), reading.MemoryBytes + (2L * wanted.Frames * wanted.Size * wanted.Size * sizeof(float)));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, VolumeMovieParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var scale = new VolumeScale(signal.Header, parameters.Voxel, null);
        if (scale.IsImage)
        {
            throw ProblemException.Invalid($"A movie needs a volume; \"{signal.Header.Name}\" is one picture of {string.Join(" x ", signal.Header.Shape)}.");
        }

        scale.Warnings.ForEach(run.Results.Warn);
        var shape = scale.Shape;
        var volume = await VolumeReader.ReadAsync(signal, shape, new VolumeBox { Width = shape.Width, Height = shape.Height, Depth = shape.Depth }, run.Progress, 0.2, ct);
        var frames = new MovieFrames(volume, scale, parameters);
        var drawn = new float[frames.Count][];
        var done = 0;
        Parallel.For(0, frames.Count, run.Parallel(ct), i =>
        {
            drawn[i] = frames.Draw(i);
            run.Progress.Report(new Step(0.2 + (0.6 * Interlocked.Increment(ref done) / frames.Count), $"Drawing {frames.Count} frames"));
        });
        var (low, high) = Limits(drawn, parameters.Clipped);
        var perPixel = scale.Unit == "px" ? null : LengthUnits.Nanometres(scale.Unit) * frames.Pixel;
        string? bar = null;
        byte[][] grey = [.. drawn.Select(frame =>
        {
            byte[] pixels = [.. frame.Select(value => float.IsFinite(value) ? (byte)Math.Clamp(Math.Round((value - low) / (high - low) * 255), 0, 255) : (byte)0)];
            bar = ScaleBar.Draw(pixels, frames.Width, frames.Height, 1, perPixel);
            return pixels;
        })];
        run.Results.Number("Frames", frames.Count, "");
        run.Results.Number("Duration", (double)frames.Count / parameters.FramesPerSecond, "s");
        run.Results.Number("Pixel", frames.Pixel, scale.Unit);
        run.Results.Number("Black at", low, signal.Header.ValueUnit);
        run.Results.Number("White at", high, signal.Header.ValueUnit);
        if (bar is null)
        {
            run.Results.Warn("The frames have no scale bar: the voxel size is not known, or the picture is too small for one.");
        }

        await StillAsync(run.Results, scale, frames, drawn[0], ct);
        run.Progress.Report(new Step(0.85, "Writing the movie"));
        await WriteAsync(run.Results, frames, grey, parameters, ct);
    }

    private static Task StillAsync(IResultSink results, VolumeScale scale, MovieFrames frames, float[] first, CancellationToken ct)
    {
        var unit = scale.Unit == "px" ? "" : scale.Unit;
        Axis[] axes = [new("y", frames.Height, unit, AxisRole.Space, frames.Pixel), new("x", frames.Width, unit, AxisRole.Space, frames.Pixel)];
        return results.ImageAsync(
            "First frame", new SignalHeader("First frame", SignalKind.Image, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = scale.Header.ValueUnit }, first, ct);
    }

    private static async Task WriteAsync(IResultSink results, MovieFrames frames, byte[][] grey, VolumeMovieParameters parameters, CancellationToken ct)
    {
        if (parameters.Format != MovieFormat.Png)
        {
            if (MovieFile.Encoder is not { } encoder)
            {
                results.Warn("The program ffmpeg is not installed where this ran: the frames come as PNG pictures.");
            }
            else
            {
                var ending = parameters.Format == MovieFormat.Mp4 ? "mp4" : "webm";
                await using var movie = Scratch.File();
                var refusal = await MovieFile.EncodeAsync(
                    encoder, grey, frames.Width, frames.Height, parameters.FramesPerSecond, parameters.Format, Scratch.PathForOthers(movie), ct);
                if (refusal is null)
                {
                    await results.FileAsync($"movie.{ending}", $"video/{ending}", movie, ct);
                    return;
                }

                results.Warn($"ffmpeg did not make the movie ({refusal}): the frames come as PNG pictures.");
            }
        }

        await using var archive = Scratch.File();
        MovieFile.Zip(grey, frames.Width, frames.Height, archive);
        await results.FileAsync("frames.zip", "application/zip", archive, ct);
    }

    /// <summary>Values that become black and white, from about a million evenly taken pixels of all frames.</summary>
    private static (double Low, double High) Limits(float[][] frames, double clipped)
    {
        const long sample = 1_000_000;
        var every = Math.Max(1, (int)(frames.Length * (long)frames[0].Length / sample)) | 1;
        float[] values = [.. Enumerable.Range(0, frames.Length).SelectMany(f => Enumerable.Range(0, frames[f].Length).Where(i => (i + f) % every == 0).Select(i => frames[f][i])).Where(float.IsFinite).Order()];
        if (values.Length == 0)
        {
            throw ProblemException.Invalid("The volume holds no voxel with a value; a movie needs at least one.");
        }

        var (low, high) = (At(clipped / 100), At(1 - (clipped / 100)));
        return high > low ? (low, high) : (low, low + 1);

        double At(double part) => values[(int)Math.Round(part * (values.Length - 1))];
    }
}

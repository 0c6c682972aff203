using CryoHub.Imaging;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Movies;

/// <summary>Undoes the drift of a movie's frames and adds them up, weighted by dose where that is wanted.</summary>
public sealed class MovieAlign : Analysis<MovieAlignParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "movie-align",
        1,
        "Movie alignment",
        "Finds the drift of a movie's frames to fractions of a pixel and adds them up, on request weighted by dose.",
        [new AnalysisInput("signal", [SignalKind.ImageStack, SignalKind.TiltSeries, SignalKind.Volume])],
        typeof(MovieAlignParameters),
        [
            "Li et al., Nat. Methods 10 (2013) 584, doi:10.1038/nmeth.2472 (drift of frames)",
            "Grant and Grigorieff, eLife 4 (2015) e06980, doi:10.7554/eLife.06980 (dose weighting, critical dose of protein in ice)",
        ])
    {
        Formula =
        [
            "Each frame, moved by its shift so far, against the sum of all others: maximum of the band-limited cross-correlation by Newton's method, until no frame moves by more than the tolerance.",
            "Shift = where a feature lies in the frame minus where it lies in the first.",
            "Dose weighting: F(k) = sqrt(n) sum q_t F_t / sqrt(sum q_t^2), q_t = exp(-D_t / 2 Ne(k)), Ne = scale (a k^b + c), D_t the dose at the end of frame t.",
        ],
        Limits =
        [
            "One shift for a whole frame: local motion and rotation are not corrected.",
            "The built-in curve of critical dose was measured on protein in vitreous ice; metals, oxides and fluorides behave otherwise, so weighting is off unless asked for.",
            "At the rim, by as much as the drift, the sum repeats the frames' last pixels.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, MovieAlignParameters parameters, CancellationToken ct)
    {
        var header = run.Input(Info, "signal").Header;
        var frames = new MovieFrames(run.Inputs["signal"], parameters);
        var pixel = DosePixel(header, parameters);
        var binning = parameters.SearchBinning ?? LeastBinning(frames, run.Memory);
        var (rows, columns) = (frames.Rows / binning, frames.Columns / binning);
        if (rows < 16 || columns < 16)
        {
            throw ProblemException.Invalid($"Frames of {frames.Columns} x {frames.Rows} px binned by {binning} are {columns} x {rows} px; at least 16 x 16 are needed to align them.");
        }

        var images = await frames.ReadAllAsync(binning, run.Progress, ct);
        var weights = BandPass.Weights(rows, columns, parameters.FilterSigma1 * binning, Math.Min(0.5, parameters.FilterRadius2 * binning), parameters.FilterSigma2 * binning);
        var (shifts, change) = Align(run, images, rows, columns, binning, weights, parameters, ct);
        await WriteSumsAsync(run, header, frames, shifts, pixel, parameters, ct);
        Summarise(run.Results, shifts, change, parameters.Tolerance);
    }

    private static (ImageShift[] Shifts, double Change) Align(
        AnalysisRun run, float[][] images, int rows, int columns, int binning, float[] weights, MovieAlignParameters parameters, CancellationToken ct)
    {
        using var search = new DriftSearch(images, rows, columns, weights);
        var options = run.Parallel(ct);
        var change = double.PositiveInfinity;
        search.Chain(parameters.LargestShift / binning, options);
        for (var round = 0; round < parameters.Iterations && change > parameters.Tolerance && !(round > 0 && run.StopAndKeep.IsCancellationRequested); round++)
        {
            change = binning * search.Refine(round == 0 ? parameters.LargestShift / binning : Math.Min(parameters.LargestShift / binning, 4), options);
            run.Progress.Report(new Step(0.3 + (0.4 * round / parameters.Iterations), $"Round {round + 1}: frames moved by up to {change:0.###} px"));
        }

        return ([.. search.Shifts.Select(shift => new ImageShift(shift.X * binning, shift.Y * binning, shift.Correlation))], change);
    }

    private static async Task WriteSumsAsync(
        AnalysisRun run, SignalHeader header, MovieFrames frames, ImageShift[] shifts, double? pixel, MovieAlignParameters parameters, CancellationToken ct)
    {
        var scale = parameters.CurveScale ?? (header.Metadata.BeamEnergyKeV is { } energy && energy < 250 ? 0.8 : 1);
        using var aligned = new MovieSum(frames.Rows, frames.Columns, null, _ => 1);
        using var weighted = pixel is null ? null : new MovieSum(frames.Rows, frames.Columns, pixel, k => k > 0 ? scale * ((parameters.CurveA * Math.Pow(k, parameters.CurveB)) + parameters.CurveC) : double.PositiveInfinity);
        var (frame, plain) = (new float[frames.Rows * frames.Columns], new float[frames.Rows * frames.Columns]);
        for (var group = 0; group < frames.Count; group++)
        {
            run.Progress.Report(new Step(0.7 + (0.3 * group / frames.Count), $"Adding frame {group + 1} of {frames.Count}"));
            await frames.ReadAsync(group, frame, ct);
            for (var i = 0; i < plain.Length; i++)
            {
                plain[i] += frame[i];
            }

            aligned.Add(frame, shifts[group], 0);
            weighted?.Add(frame, shifts[group], parameters.InitialDose + (parameters.FrameDose * frames.ExposedAfter(group)));
        }

        await run.Results.ImageAsync("Aligned sum", Header("Aligned sum"), aligned.Image(), ct);
        await run.Results.ImageAsync("Sum as it came", Header("Sum as it came"), plain, ct);
        if (weighted is not null)
        {
            await run.Results.ImageAsync("Dose-weighted sum", Header("Dose-weighted sum"), weighted.Image(), ct);
            run.Results.Warn($"The sum is weighted with the critical dose {scale:0.##} ({parameters.CurveA:g4} k^{parameters.CurveB:g4} + {parameters.CurveC:g4}) e/A^2: see that it holds for this specimen.");
        }

        SignalHeader Header(string name) => header with { Name = name, Kind = SignalKind.Image, Pixel = PixelType.Float32, Axes = [header.Axes[1], header.Axes[2]] };
    }

    private static void Summarise(IResultSink results, ImageShift[] shifts, double change, double tolerance)
    {
        double[] frames = [.. Enumerable.Range(1, shifts.Length).Select(i => (double)i)];
        results.Curve("Drift x", frames, [.. shifts.Select(shift => shift.X)], "frame", "px");
        results.Curve("Drift y", frames, [.. shifts.Select(shift => shift.Y)], "frame", "px");
        results.Table("Drift",
        [
            new("Frame", "", [.. frames.Select(frame => (object)frame)]),
            new("x", "px", [.. shifts.Select(shift => (object)shift.X)]),
            new("y", "px", [.. shifts.Select(shift => (object)shift.Y)]),
            new("Correlation with the others", "", [.. shifts.Select(shift => (object)shift.Correlation)]),
        ]);
        results.Number("Total drift", shifts.Zip(shifts.Skip(1), (a, b) => double.Hypot(b.X - a.X, b.Y - a.Y)).Sum(), "px");
        results.Number("Largest distance from the first frame", shifts.Max(shift => double.Hypot(shift.X, shift.Y)), "px", change);
        results.Number("Change in the last round", change, "px");
        if (change > tolerance)
        {
            results.Warn($"The frames still moved by {change:0.###} px in the last round: more iterations, larger groups or a lower filter radius may help.");
        }
    }

    /// <summary>The pixel's size where dose weighting is wanted.</summary>
    private static double? DosePixel(SignalHeader header, MovieAlignParameters parameters)
    {
        if (!parameters.DoseWeighting)
        {
            return null;
        }

        var axis = header.Axes[^1];
        var nanometres = LengthUnits.Nanometres(axis.Unit) ?? throw ProblemException.Invalid($"Dose weighting needs the size of a pixel; the file's unit is \"{axis.Unit}\".");
        return parameters.FrameDose > 0 ? 10 * nanometres * axis.Step : throw ProblemException.Invalid($"Dose weighting needs the dose of a frame above 0 e/A^2, found {parameters.FrameDose:g4}.");
    }

    private static int LeastBinning(MovieFrames frames, long memory)
    {
        var binning = 1;
        while (2L * sizeof(float) * frames.Count * (frames.Rows / binning) * (frames.Columns / binning) > memory)
        {
            binning++;
        }

        return binning;
    }
}

using CryoHub.Imaging;

namespace CryoHub.Analyses.Fourier;

/// <summary>Power spectrum of an image or a box in it, with the spacings and directions of its peaks.</summary>
public sealed class FftPeaks : Analysis<FftPeaksParameters>
{
    private const int SmallestBox = 32;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "fft-peaks",
        1,
        "Lattice spacings (FFT)",
        "Finds lattice spacings and directions as peaks in the power spectrum of an image.",
        [new AnalysisInput("signal", [SignalKind.Image, SignalKind.ImageStack, SignalKind.TiltSeries, SignalKind.Volume, SignalKind.Photo])],
        typeof(FftPeaksParameters),
        ["Harris, Proc. IEEE 66 (1978) 51, doi:10.1109/PROC.1978.10837 (Hann window)", "Frigo and Johnson, Proc. IEEE 93 (2005) 216, doi:10.1109/JPROC.2004.840301 (FFTW)"])
    {
        HasPreview = true,
        Formula =
        [
            "P(k) = |F{w (I - mean I)}|^2 / (n m <w^2>), w = Hann window along both axes; its decadic logarithm is drawn.",
            "Peaks: local maxima of P over the background of their ring; position from a parabola through the logarithms of the neighbours.",
            "d = 1/|k|; direction = atan2(k_y, k_x) against the image's x axis; the uncertainty is that of the position at the peak's signal to noise.",
        ],
        Limits =
        [
            "A spacing is as good as the image's calibration: its error is not in the uncertainty.",
            "Spacings below two pixels or above the wanted largest one are not found; boxes below 32 pixels are refused.",
            "Scan distortion and delocalisation are not corrected.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double pixelsPerSecond = 10e6;   // the transform is the least of it: peaks, profile and the spectrum's zarr follow
        var header = question.Input(Info, "signal");
        var box = BoxOf(header, (FftPeaksParameters)question.Parameters);
        var pixels = (long)box.Width * box.Height;
        return new Estimate(0.5 + (pixels / pixelsPerSecond), Analyses.Estimate.Process + (sizeof(float) * ((2 * header.FramePixels) + (6 * pixels))));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, FftPeaksParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var header = signal.Header;
        var box = BoxOf(header, parameters);
        run.Progress.Report(new Step(0, "Reading the image"));
        var image = await BoxAsync(signal, parameters.Frame, box, ct);
        run.Progress.Report(new Step(0.2, "Transforming"));
        var logPower = new float[image.Length];
        using (var spectrum = new PowerSpectrum(box.Height, box.Width))
        {
            spectrum.Compute(image, logPower, run.Parallel(ct));
        }

        run.Progress.Report(new Step(0.6, "Looking for peaks"));
        var grid = new ReciprocalGrid(header, box.Height, box.Width);
        var profile = new RadialProfile(logPower, grid);
        var largest = parameters.LargestSpacing ?? 0.1 / Math.Max(grid.StepX, grid.StepY);
        var peaks = new PeakFinder(grid, profile, parameters.Threshold, largest).Find(logPower, parameters.Peaks);
        Report(run.Results, grid, profile, peaks, parameters);
        await run.Results.ImageAsync("Power spectrum (log10)", grid.Header("Power spectrum (log10)"), logPower, ct);
    }

    private Region BoxOf(SignalHeader header, FftPeaksParameters parameters)
    {
        if (header.Axes.Count < 2 || parameters.Frame >= header.FrameCount)
        {
            throw ProblemException.Invalid($"{Info.Title} needs an image; frame {parameters.Frame} of \"{header.Name}\" ({string.Join(" x ", header.Shape)}) does not exist: there {(header.FrameCount == 1 ? "is 1 frame" : $"are {header.FrameCount} frames")}.");
        }

        var (columns, rows) = (header.Axes[^1].Size, header.Axes[^2].Size);
        var box = (parameters.Box ?? new Region { Width = (int)columns, Height = (int)rows }).Inside(columns, rows);
        return box.Width >= SmallestBox && box.Height >= SmallestBox
            ? box
            : throw ProblemException.Invalid($"The box must be at least {SmallestBox} x {SmallestBox} px, found {box.Width} x {box.Height} px.");
    }

    private static async Task<float[]> BoxAsync(ISignal signal, int frame, Region box, CancellationToken ct)
    {
        var columns = (int)signal.Header.Axes[^1].Size;
        var image = new float[signal.Header.FramePixels];
        await signal.ReadAsync(frame, image, ct);
        if (box.Width != columns || box.Height * (long)box.Width != image.Length)
        {
            var part = new float[box.Width * box.Height];
            for (var y = 0; y < box.Height; y++)
            {
                image.AsSpan(((box.Y + y) * columns) + box.X, box.Width).CopyTo(part.AsSpan(y * box.Width));
            }

            image = part;
        }

        InputChecks.RequireValues(image, box.Width, $"The box at x {box.X}, y {box.Y}");
        return image;
    }

    private static void Report(IResultSink results, ReciprocalGrid grid, RadialProfile profile, IReadOnlyList<SpectrumPeak> peaks, FftPeaksParameters parameters)
    {
        if (!grid.IsCalibrated)
        {
            results.Warn("The image is not calibrated: spacings are in pixels.");
        }

        if (peaks.Count == 0)
        {
            results.Warn($"No peak reaches {parameters.Threshold:g4} times the local background: the box shows no lattice, or too little of it.");
        }

        results.Number("Peaks found", peaks.Count, "");
        for (var i = 0; i < Math.Min(3, peaks.Count); i++)
        {
            results.Number($"Spacing {i + 1}", peaks[i].Spacing, grid.Unit, peaks[i].SpacingError);
            results.Number($"Direction {i + 1}", peaks[i].AngleDegrees, "deg", peaks[i].AngleError);
        }

        results.Table("Peaks", [
            new Column("d", grid.Unit, [.. peaks.Select(peak => (object)peak.Spacing)]),
            new Column("d uncertainty", grid.Unit, [.. peaks.Select(peak => (object)peak.SpacingError)]),
            new Column("Direction", "deg", [.. peaks.Select(peak => (object)peak.AngleDegrees)]),
            new Column("Direction uncertainty", "deg", [.. peaks.Select(peak => (object)peak.AngleError)]),
            new Column("k", "1/" + grid.Unit, [.. peaks.Select(peak => (object)peak.Frequency)]),
            new Column("Power over background", "", [.. peaks.Select(peak => (object)peak.Contrast)]),
            new Column("Column", "px", [.. peaks.Select(peak => (object)peak.Column)]),
            new Column("Row", "px", [.. peaks.Select(peak => (object)peak.Row)]),
        ]);
        results.Curve("Radial profile", profile.Frequencies, profile.LogMeans, "1/" + grid.Unit, "log10 power");
    }
}

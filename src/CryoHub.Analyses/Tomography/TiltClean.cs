using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Takes dark and gain, hot pixels and X-rays out of a tilt series and says which views should be left out.</summary>
public sealed class TiltClean : Analysis<TiltCleanParameters>
{
    private const int MostForMedian = 31; // views the median is taken of: enough to tell what is always there

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tilt-clean",
        1,
        "Tilt series cleaning",
        "Removes hot pixels, X-rays and the camera's gain from a tilt series and proposes bad views for removal, with the reason.",
        [
            new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack, SignalKind.Volume]),
            new AnalysisInput("gain", [SignalKind.Image], Required: false),
            new AnalysisInput("dark", [SignalKind.Image], Required: false),
        ],
        typeof(TiltCleanParameters),
        ["Rousseeuw and Croux, J. Am. Stat. Assoc. 88 (1993) 1273, doi:10.1080/01621459.1993.10476408 (median absolute deviation)"])
    {
        Formula =
        [
            "Pixel = (file - dark) gain, or (file - dark) / gain times the gain's mean.",
            "Hot: in the median of up to 31 views the difference from the median of the eight neighbours exceeds n sigma; X-ray: in one view it does so upwards. sigma = 1.4826 median absolute deviation of that difference.",
            "Replaced by the median of those neighbours that are right.",
            "Bad views: mean off exp(a + b / cos t), fitted robustly; standard deviation of neighbouring pixels' differences below that of four neighbours; no contrast at all.",
        ],
        Limits =
        [
            "Structure as fine as one pixel (atomic columns at low sampling) may be taken for X-rays: raise the threshold.",
            "Clusters of wrong pixels larger than their ring of neighbours stay.",
            "Views are proposed, not removed, unless asked for.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TiltCleanParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var header = signal.Header;
        if (header.Axes.Count != 3)
        {
            throw ProblemException.Invalid($"A tilt series has three axes [tilt, y, x]; \"{header.Name}\" has {header.Axes.Count}: {string.Join(" x ", header.Shape)}.");
        }

        var angles = TiltAngles.Of(header.Axes[0], parameters.Angles, 0, "Cleaning");
        var correction = await CameraCorrection.ReadAsync(run, Info, parameters.Gain, ct);
        var (rows, columns) = ((int)header.Axes[1].Size, (int)header.Axes[2].Size);
        var hot = parameters.HotPixels > 0 ? await HotAsync(run, signal, correction, rows, columns, parameters.HotPixels, ct) : new bool[rows * columns];
        var kept = TiltAngles.Kept(angles.Length, parameters.ExcludeList);
        var cleaner = new ViewCleaner(rows, columns, hot, parameters.XRays);
        var (means, details, rays) = (new double[angles.Length], new double[angles.Length], new int[angles.Length]);
        var image = new float[rows * columns];
        for (var view = 0; view < angles.Length; view++)
        {
            run.Progress.Report(new Step(0.3 + (0.35 * view / angles.Length), $"Looking at view {view + 1} of {angles.Length}"));
            await CleanAsync(view);
            (means[view], details[view]) = (image.Average(pixel => (double)pixel), ViewCleaner.Detail(image, columns));
        }

        var (reasons, expected) = ViewVerdicts.Of(angles, means, details, parameters);
        int[] written = [.. kept.Where(view => !parameters.RemoveProposed || reasons[view].Length == 0)];
        if (written.Length < 2)
        {
            throw ProblemException.Invalid($"Of {angles.Length} views {angles.Length - written.Length} would be removed; at least 2 must stay.");
        }

        await WriteAsync();
        Summarise();

        async Task CleanAsync(int view)
        {
            await signal.ReadAsync(view, image, ct);
            InputChecks.RequireValues(image, columns, $"View {view + 1} ({angles[view]:0.##} deg)");
            correction.Apply(image);
            rays[view] = cleaner.Clean(image);
        }

        async Task WriteAsync()
        {
            var cleaned = header with
            {
                Name = $"{header.Name}, cleaned",
                Kind = SignalKind.TiltSeries,
                Pixel = PixelType.Float32,
                Axes = [new Axis("tilt", written.Length, "deg", AxisRole.Tilt, Values: [.. written.Select(view => angles[view])]), header.Axes[1], header.Axes[2]],
            };
            Scratch.Require(cleaned.PixelCount * sizeof(float));
            await using var file = Scratch.File();
            await using (var writer = await run.Results.VolumeAsync("Cleaned series", cleaned, ct))
            await using (var mrc = new MrcFile(file, cleaned))
            {
                for (var i = 0; i < written.Length; i++)
                {
                    run.Progress.Report(new Step(0.65 + (0.35 * i / written.Length), $"Writing view {i + 1} of {written.Length}"));
                    await CleanAsync(written[i]);
                    var bytes = MemoryMarshal.AsBytes(image.AsSpan()).ToArray();
                    await writer.WriteSlabAsync(i, bytes, ct);
                    await mrc.WriteSlabAsync(i, bytes, ct);
                }
            }

            await run.Results.FileAsync("cleaned.mrc", "application/x-mrc", file, ct);
        }

        void Summarise()
        {
            run.Results.Number("Hot pixels", hot.Count(pixel => pixel), "px");
            run.Results.Number("Pixels hit by X-rays", rays.Sum(), "px");
            run.Results.Number("Views proposed for removal", reasons.Count(reason => reason.Length > 0), "");
            run.Results.Number("Views written", written.Length, "");
            run.Results.Curve("Mean", angles, means, "deg", "counts");
            run.Results.Curve("Expected mean", angles, expected, "deg", "counts");
            run.Results.Table("Views",
            [
                new("View", "", [.. Enumerable.Range(1, angles.Length).Select(view => (object)(double)view)]),
                new("Tilt angle", "deg", [.. angles.Select(angle => (object)angle)]),
                new("Mean", "counts", [.. means.Select(mean => (object)mean)]),
                new("Fine detail", "counts", [.. details.Select(detail => (object)detail)]),
                new("X-rays", "px", [.. rays.Select(count => (object)(double)count)]),
                new("Verdict", "", [.. reasons.Select((reason, view) => (object)(reason.Length > 0 ? reason : kept.Contains(view) ? "good" : "excluded"))]),
            ]);
            foreach (var view in Enumerable.Range(0, angles.Length).Where(view => reasons[view].Length > 0))
            {
                run.Results.Warn($"View {view + 1} ({angles[view]:0.#} deg) is {reasons[view]}{(written.Contains(view) ? ": consider to leave it out" : ": left out")}.");
            }
        }
    }

    /// <summary>Pixels that stand out in the median of the views: the specimen moves, the camera does not.</summary>
    private static async Task<bool[]> HotAsync(AnalysisRun run, ISignal signal, CameraCorrection correction, int rows, int columns, double threshold, CancellationToken ct)
    {
        var count = (int)Math.Min(signal.Header.Axes[0].Size, MostForMedian);
        var images = new float[count][];
        for (var i = 0; i < count; i++)
        {
            run.Progress.Report(new Step(0.3 * i / count, "Looking for hot pixels"));
            images[i] = new float[rows * columns];
            await signal.ReadAsync(i * signal.Header.Axes[0].Size / count, images[i], ct);
            correction.Apply(images[i]);
        }

        var median = new float[rows * columns];
        Parallel.For(0, rows, run.Parallel(ct), row =>
        {
            var column = new float[count];
            for (var i = row * columns; i < (row + 1) * columns; i++)
            {
                for (var view = 0; view < count; view++)
                {
                    column[view] = images[view][i];
                }

                Array.Sort(column);
                median[i] = column[count / 2];
            }
        });
        var deviations = new float[rows * columns];
        PixelRepair.Deviations(median, rows, columns, deviations);
        var limit = threshold * Math.Max(PixelRepair.Scale(deviations), 1e-6);
        return [.. deviations.Select(deviation => Math.Abs(deviation) > limit)];
    }
}

using CryoHub.Imaging;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>
/// Brings the views of a tilt series onto one tilt axis. A view's pose is its shift, rotation and magnification; the aligned series shows every view as if the
/// axis ran upwards through its middle.
/// </summary>
public sealed class TiltAlign : Analysis<TiltAlignParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tilt-align",
        1,
        "Tilt series alignment",
        "Aligns a tilt series by cross-correlation, patches, gold beads or its mass profile; reads and writes IMOD's files.",
        [
            new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Image]),
            new AnalysisInput("second", [SignalKind.Image], Required: false),
            new AnalysisInput("angles", [SignalKind.Table], Required: false),
            new AnalysisInput("transforms", [SignalKind.Model], Required: false),
            new AnalysisInput("fiducials", [SignalKind.Model], Required: false),
        ],
        typeof(TiltAlignParameters),
        [
            "Guckenberger, Ultramicroscopy 9 (1982) 167, doi:10.1016/0304-3991(82)90238-X (cosine stretching)",
            "Lawrence, in: Electron Tomography, ed. Frank, 1992, chapter 8, doi:10.1007/978-1-4757-2163-8_8 (projection model)",
            "Mastronarde, J. Struct. Biol. 120 (1997) 343, doi:10.1006/jsbi.1997.3919 (IMOD's conventions)",
            "Scott et al., Nature 483 (2012) 444, doi:10.1038/nature10934 (centre of mass)",
        ])
    {
        Formula =
        [
            "A point (X, Y, Z) appears at x = m (u cos r + Y sin r) + sx, y = m (Y cos r - u sin r) + sy from the image's middle, u = X cos t + Z sin t; r is the axis angle, m the magnification, s the shift of view t.",
            "Cross-correlation: the view stretched across the axis by the ratio of the cosines against its flatter neighbour, maximum by Newton's method, shifts added up from 0 deg outwards.",
            "Beads and patches: robust least squares of the point formula over poses and places (Tukey's biweight at 4.685 scales); beads are looked for again where the model puts them, three times.",
            "Mass profile: centre of mass across the axis is put on it; profiles along it are moved onto their mean; the axis is where they differ least within 10 deg of the stated one, or of the image's y or x axis where none is stated.",
            "The reference view (nearest 0 deg) keeps shift 0 and magnification 1; the mean height of markers is 0.",
        ],
        Limits =
        [
            "Cross-correlation adds up the errors of its steps: for fine work follow it with patches or beads.",
            "Tilt angles are taken as given; a common offset cannot be seen in the projections, only whether the markers lie level.",
            "The mass profile needs an object that stays within the frame across the axis, in dark field, on an empty ground.",
            "The position of the specimen along the beam is a choice.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TiltAlignParameters parameters, CancellationToken ct)
    {
        var signal = Series(run);
        var header = signal.Header;
        var angles = await AnglesAsync(run, header, parameters, ct);
        var frames = TiltAngles.Kept(angles.Length, parameters.ExcludeList);
        var views = await TiltViews.ReadAsync(run, signal, [.. frames.Select(frame => angles[frame])], frames, parameters.SearchBinning, ct);
        var known = parameters.RotationAngle ?? header.Metadata.TiltAxisDeg;
        if (TiltAngles.Duplicates(views.Angles) is { } twice)
        {
            run.Results.Warn(twice);
        }

        var alignment = parameters.Method switch
        {
            TiltAlignMethod.Given => await GivenAsync(run, views, angles, ct),
            TiltAlignMethod.MassProfile => ByMass(run, views, parameters, known),
            TiltAlignMethod.Beads when run.Inputs.ContainsKey("fiducials") => MarkerAlignment.Fit(views, await FiducialsAsync(run, views, header, ct), parameters, known),
            TiltAlignMethod.Beads => ByBeads(run, views, parameters, known, ct),
            TiltAlignMethod.Patches => ByPatches(run, views, parameters, known, ct),
            _ => ByCorrelation(run, views, parameters, known, ct),
        };
        await new AlignmentResults(run, signal, views, alignment, parameters).WriteAsync(ct);
    }

    private ISignal Series(AnalysisRun run)
    {
        var signal = run.Input(Info, "signal");
        var pair = run.Inputs.ContainsKey("second") ? run.Input(Info, "second") : null;
        if (pair is not null && signal.Header.Kind == SignalKind.Image)
        {
            return new PairSignal(signal, pair);
        }

        return signal.Header.Axes.Count == 3 ? signal : throw ProblemException.Invalid(
            $"A tilt series has three axes [tilt, y, x]; \"{signal.Header.Name}\" has {signal.Header.Axes.Count}: {string.Join(" x ", signal.Header.Shape)}. Two images of a pair go in as \"signal\" and \"second\".");
    }

    private async Task<double[]> AnglesAsync(AnalysisRun run, SignalHeader header, TiltAlignParameters parameters, CancellationToken ct)
    {
        IReadOnlyList<double> stated = parameters.Angles;
        if (stated.Count == 0 && run.Inputs.ContainsKey("angles"))
        {
            stated = await SeriesTables.AnglesAsync(run.Input(Info, "angles"), header.Axes[0].Size, ct);
        }

        return TiltAngles.Of(header.Axes[0], stated, 0, "An alignment");
    }

    private static Alignment ByCorrelation(AnalysisRun run, TiltViews views, TiltAlignParameters parameters, double? known, CancellationToken ct)
    {
        WarnOfUnknownAxis(run, known);
        var shifts = new CoarseAlignment(views, parameters, known ?? 0).Shifts(run, ct);
        for (var view = 0; view < views.Count; view++)
        {
            if (shifts[view].Correlation < 0.1)
            {
                run.Results.Warn($"View {views.Frames[view] + 1} ({views.Angles[view]:0.#} deg) hardly resembles its neighbour (correlation {shifts[view].Correlation:0.00}): its shift is uncertain, and that of the views beyond it.");
            }
        }

        return new Alignment(Poses(views, known ?? 0, shifts), [.. shifts.Select(shift => shift.Correlation)]);
    }

    private static Alignment ByMass(AnalysisRun run, TiltViews views, TiltAlignParameters parameters, double? known)
    {
        var profile = new MassProfile(views);
        var start = known ?? profile.UprightOrLevel();
        if (known is null)
        {
            var direction = start == 0 ? "y (0 deg)" : "x (90 deg)";
            run.Results.Warn($"Neither the file nor the parameters state the direction of the tilt axis: of the image's y and x axes {direction} was taken to start from, by the shape of the object and its profiles. State the axis where that is wrong.");
        }

        var found = parameters.Rotation == SolveFor.Nothing ? null : profile.Axis(start);
        if (found is null && parameters.Rotation != SolveFor.Nothing)
        {
            run.Results.Warn($"The profiles along the axis do not tell its direction within 10 deg of {start:0.##} deg: that direction was kept.");
        }

        var axis = found ?? start;
        return new Alignment(Poses(views, axis, [.. profile.Shifts(axis).Select(shift => (shift.X, shift.Y, double.NaN))]));
    }

    private static Alignment ByBeads(AnalysisRun run, TiltViews views, TiltAlignParameters parameters, double? known, CancellationToken ct)
    {
        const int rounds = 3;
        var shifts = new CoarseAlignment(views, parameters, known ?? 0).Shifts(run, ct);
        var tracker = new BeadTracker(views, parameters, run, ct);
        var alignment = MarkerAlignment.Fit(views, tracker.Follow(shifts, known ?? 0), parameters, known);
        for (var round = 0; round < rounds; round++)
        {
            run.Progress.Report(new Step(0.6 + (0.05 * round), $"Looking again for {alignment.Tracks!.Markers} beads, residual {alignment.Model!.Residual:0.##} px"));
            alignment = MarkerAlignment.Fit(views, tracker.Again(alignment.Model!), parameters, alignment.Poses.Average(pose => pose.Rotation));
        }

        return alignment;
    }

    private static Alignment ByPatches(AnalysisRun run, TiltViews views, TiltAlignParameters parameters, double? known, CancellationToken ct)
    {
        var shifts = new CoarseAlignment(views, parameters, known ?? 0).Shifts(run, ct);
        return MarkerAlignment.Fit(views, new PatchTracker(views, parameters, known ?? 0).Follow(shifts, run, ct), parameters, known);
    }

    private async Task<Alignment> GivenAsync(AnalysisRun run, TiltViews views, double[] angles, CancellationToken ct)
    {
        var poses = await SeriesTables.PosesAsync(run.Input(Info, "transforms"), angles, ct);
        return new Alignment([.. views.Frames.Select(frame => poses[frame])]);
    }

    private async Task<MarkerTracks> FiducialsAsync(AnalysisRun run, TiltViews views, SignalHeader header, CancellationToken ct)
    {
        var (numbers, columns) = await SeriesTables.NumbersAsync(run.Input(Info, "fiducials"), ct);
        if (columns != 5)
        {
            throw ProblemException.Invalid($"A fiducial model has the columns object, contour, x, y, z; found {columns}.");
        }

        var (width, height) = (header.Axes[2].Size / 2.0, header.Axes[1].Size / 2.0);
        var rows = Enumerable.Range(0, numbers.Length / 5).Select(row => numbers.AsMemory(5 * row, 5)).ToList();
        var contours = rows.Select(row => (row.Span[0], row.Span[1])).Distinct().ToList();
        var tracks = new MarkerTracks(views.Count, contours.Count);
        foreach (var row in rows)
        {
            var view = Array.IndexOf(views.Frames, (int)Math.Round(row.Span[4]));
            if (view >= 0)
            {
                tracks[view, contours.IndexOf((row.Span[0], row.Span[1]))] = (row.Span[2] - width, row.Span[3] - height);
            }
        }

        return tracks;
    }

    private static ViewPose[] Poses(TiltViews views, double axis, (double X, double Y, double Correlation)[] shifts) =>
        [.. shifts.Select((shift, view) => views.ToFull(shift.X, shift.Y) is var (x, y) ? new ViewPose(views.Angles[view], axis, 1, x, y) : default)];

    private static void WarnOfUnknownAxis(AnalysisRun run, double? known)
    {
        if (known is null)
        {
            run.Results.Warn("Neither the file nor the parameters state the direction of the tilt axis: the image's y axis was taken to start from.");
        }
    }
}

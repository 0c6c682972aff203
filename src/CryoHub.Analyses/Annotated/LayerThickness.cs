using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Annotated;

/// <summary>Thickness of a layer between two drawn boundaries or the edges of a label, along the local normal, with what is known of its uncertainty.</summary>
public sealed class LayerThickness : Analysis<LayerThicknessParameters>
{
    private const long MostBytes = 256 << 20; // of a file of shapes

    private static readonly SignalKind[] Pictures = [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Photo];
    private static readonly string[] LabelRoles = ["labels", "labels-2", "labels-3"];
    private static readonly string[] ShapeRoles = ["shapes", "shapes-2", "shapes-3"];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "layer-thickness",
        1,
        "Layer thickness",
        "Thickness of a layer along the local normal between two drawn boundaries or the edges of a label: distribution, profile along the interface, coverage and roughness, with an uncertainty from pixels, edge blur and annotators.",
        [
            .. LabelRoles.Select(role => new AnalysisInput(role, Pictures, Required: false)),
            .. ShapeRoles.Select(role => new AnalysisInput(role, [SignalKind.Document], Required: false)),
            new AnalysisInput("signal", Pictures, Required: false),
        ],
        typeof(LayerThicknessParameters),
        [
            "Lorensen and Cline, Computer Graphics 21 (1987) 163, doi:10.1145/37402.37422 (edges of labels between pixels)",
            "Gasser, Sroka and Jennen-Steinmetz, Biometrika 73 (1986) 625, doi:10.1093/biomet/73.3.625 (noise from second differences)",
            "Künsch, Ann. Stat. 17 (1989) 1217, doi:10.1214/aos/1176347265 (blocks along the interface)",
            "JCGM 100:2008, Guide to the expression of uncertainty in measurement",
        ])
    {
        Formula =
        [
            "From places one pixel apart on the inner boundary a ray along the local normal meets the outer boundary; the distance is the thickness. The side is the one on which the other boundary is nearer.",
            "Edges of a label: the line where its mask, smoothed by a Gaussian, is one half. Below 0.75 px the boundaries are the same: not covered.",
            "u(mean)^2 = max(scatter^2, pixel^2 + blur^2) for one annotator; for several max(that of all together, (t s / sqrt(n))^2) with the spread s of their means and Student's t at 68 %; the calibration's part is added in squares.",
            "scatter: from second differences of block means along the interface; slow changes of the layer are not in it. pixel: edge / sqrt(12) for each boundary over the root of its independent roundings. blur: sigma of the edge over the root of its independent places.",
            "Uncertainties of percentiles, roughness and coverage: bootstrap of blocks along the interface, so they say what another stretch of it may show.",
        ],
        Limits =
        [
            "An image is a projection or a section: a boundary tilted against the beam or cut obliquely looks thicker.",
            "Where one boundary bends with a radius below the thickness, the distance along the normal and the shortest distance differ.",
            "A mistake that the annotator makes in the same way along the whole interface is seen only by a second annotator or against the edge in the picture (input \"signal\").",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, LayerThicknessParameters parameters, CancellationToken ct)
    {
        var (labelRoles, shapeRoles) = (LabelRoles.Where(run.Inputs.ContainsKey).ToArray(), ShapeRoles.Where(run.Inputs.ContainsKey).ToArray());
        if (labelRoles.Length + shapeRoles.Length == 0)
        {
            throw ProblemException.Invalid("Layer thickness needs an input \"labels\" (whole numbers) or \"shapes\" (GeoJSON); found none.");
        }

        var signal = run.Inputs.ContainsKey("signal") ? run.Input(Info, "signal") : null;
        var labels = labelRoles.Select(role => run.Input(Info, role)).ToArray();
        var picture = labels.FirstOrDefault()?.Header ?? signal?.Header;
        RequireSameSize(labels.Select(input => input.Header).Append(signal?.Header).OfType<SignalHeader>());
        var scale = PixelScale.Of(picture, parameters.Pixel, run.Results);
        var pairs = new List<BoundaryPair>();
        foreach (var input in labels)
        {
            pairs.Add(BoundaryPair.OfLabels(await LabelFrame.ReadAsync(input, parameters.Frame, ct), input.Header, parameters, run.Parallel(ct)));
        }

        foreach (var document in shapeRoles.Select(role => run.Input(Info, role)))
        {
            var bytes = await DocumentBytes.ReadAsync(document, "A file of shapes", MostBytes, ct);
            pairs.Add(BoundaryPair.OfShapes(GeoJsonShapes.Read(bytes, document.Header.Name), document.Header.Name, parameters));
        }

        var size = picture is null ? ((int, int)?)null : ((int)picture.Axes[^1].Size, (int)picture.Axes[^2].Size);
        var profiles = new List<ThicknessProfile>();
        foreach (var pair in pairs)
        {
            ct.ThrowIfCancellationRequested();
            run.Progress.Report(new Step((double)profiles.Count / pairs.Count, $"Measuring \"{pair.Name}\""));
            profiles.Add(new ThicknessProfile(pair, scale, parameters, size));
            if (profiles[^1].Values.Length == 0)
            {
                throw ProblemException.Invalid($"No ray along the normal of the inner boundary of \"{pair.Name}\" meets the outer boundary{(parameters.Reach is { } reach ? $" within {reach} px" : "")}: are both on the same frame and side by side?");
            }
        }

        var blur = signal is null ? null : await BlurAsync(run.Results, signal, profiles[0], scale, parameters, ct);
        Write(run.Results, profiles, pairs, scale, parameters, blur);
        if (picture is not null)
        {
            var header = new SignalHeader("Thickness", SignalKind.Image, PixelType.Float32, [.. picture.Axes.TakeLast(2)], AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = scale.Unit };
            await run.Results.ImageAsync("Thickness where it was measured", header, Map(profiles[0], scale, size!.Value), ct);
        }
    }

    private static void RequireSameSize(IEnumerable<SignalHeader> headers)
    {
        var all = headers.ToArray();
        if (all.FirstOrDefault(header => !header.Shape.TakeLast(2).SequenceEqual(all[0].Shape.TakeLast(2))) is { } other)
        {
            throw ProblemException.Invalid($"Pictures must have the same pixels: \"{all[0].Name}\" is {string.Join(" x ", all[0].Shape)}, \"{other.Name}\" is {string.Join(" x ", other.Shape)}.");
        }
    }

    /// <summary>Blur of both edges in the unit of the scale.</summary>
    private static async Task<(double Inner, double Outer)?> BlurAsync(
        IResultSink results, ISignal signal, ThicknessProfile profile, PixelScale scale, LayerThicknessParameters parameters, CancellationToken ct)
    {
        LabelFrame.RequireFrame(signal.Header, parameters.Frame);
        var grey = new float[signal.Header.FramePixels];
        await signal.ReadAsync(parameters.Frame, grey, ct);
        var width = (int)signal.Header.Axes[^1].Size;
        var covered = profile.Samples.Where(sample => sample.Covered).ToArray();
        var blurs = new double[2];
        for (var side = 0; side < 2; side++)
        {
            var name = side == 0 ? "Inner boundary" : "Outer boundary";
            var rays = covered.Select(s => (X: s.X + (side * s.Thickness * s.NormalX), Y: s.Y + (side * s.Thickness * s.NormalY), s.NormalX, s.NormalY))
                .Select(ray => (ray.X / scale.X, ray.Y / scale.Y, ray.NormalX, ray.NormalY)).ToArray();
            if (EdgeBlur.Of(grey, width, rays, profile.Mean / scale.Mean) is not { } found)
            {
                results.Warn($"{name}: the picture shows no step there, so its sharpness is not part of the uncertainty.");
                continue;
            }

            blurs[side] = found.Sigma * scale.Mean;
            results.Number($"{name}, blur (sigma)", blurs[side], scale.Unit);
            results.Number($"{name}, steepest place beyond the drawn line", found.Offset * scale.Mean, scale.Unit);
        }

        return (blurs[0], blurs[1]);
    }

    private static void Write(
        IResultSink results, List<ThicknessProfile> profiles, List<BoundaryPair> pairs, PixelScale scale, LayerThicknessParameters parameters, (double Inner, double Outer)? blur)
    {
        var unit = scale.Unit;
        double[] means = [.. profiles.Select(profile => profile.Mean)];
        double[] own = [.. profiles.Select(profile => OwnError(profile, blur))];
        var n = means.Length;
        var mean = means.Average();
        var together = Math.Sqrt(own.Sum(error => error * error)) / n;
        var spread = n > 1 ? Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (n - 1)) : double.NaN;
        var measured = n > 1 ? Math.Max(together, StudentFactor.Of(n - 1) * spread / Math.Sqrt(n)) : own[0];
        var calibration = parameters.PixelUncertainty / 100;
        double Total(double error, double value) => double.Hypot(error, calibration * value);
        var first = profiles[0];
        double[] seen = [.. first.Samples.Where(sample => !double.IsNaN(sample.Thickness)).Select(sample => sample.Thickness)];
        var errors = BlockResamples.Errors(seen, first.Block, [.. new[] { 0.1, 0.5, 0.9 }.Select(share => (Func<double[], double>)(drawn => ThicknessProfile.Percentile(Covered(drawn), share))), Deviation, drawn => (double)Covered(drawn).Length / drawn.Length]);
        results.Number("Thickness, mean", mean, unit, Total(measured, mean));
        results.Number("Thickness, median", first.Percentile(0.5), unit, Total(errors[1], first.Percentile(0.5)));
        results.Number("Thickness, 10 %", first.Percentile(0.1), unit, Total(errors[0], first.Percentile(0.1)));
        results.Number("Thickness, 90 %", first.Percentile(0.9), unit, Total(errors[2], first.Percentile(0.9)));
        results.Number("Roughness (standard deviation of the thickness)", first.Deviation, unit, Total(errors[3], first.Deviation));
        results.Number("Coverage", first.Coverage, "", errors[4]);
        results.Number("Length measured", first.Values.Length * scale.Mean, unit, calibration * first.Values.Length * scale.Mean);
        results.Number("Uncertainty of the mean, pixels", first.PixelError(), unit);
        if (first.Scatter() is var scatter && !double.IsNaN(scatter))
        {
            results.Number("Uncertainty of the mean, scatter of the boundaries", scatter, unit);
        }
        else
        {
            results.Warn("The interface is too short to tell the scatter of its boundaries: the uncertainty holds pixels and edge blur only.");
        }

        if (blur is { } known)
        {
            results.Number("Uncertainty of the mean, blur", first.BlurError(known.Inner, known.Outer), unit);
        }

        if (n > 1)
        {
            results.Number("Spread of annotators (standard deviation)", spread, unit);
            results.Table("Annotators", [
                new Column("Input", "", [.. pairs.Select(pair => (object)pair.Name)]),
                new Column("Thickness, mean", unit, [.. means.Select(value => (object)value)]),
                new Column("Uncertainty without the others", unit, [.. own.Select(value => (object)value)]),
                new Column("Roughness", unit, [.. profiles.Select(profile => (object)profile.Deviation)]),
                new Column("Coverage", "", [.. profiles.Select(profile => (object)profile.Coverage)]),
            ]);
        }

        results.Curve("Profile along the interface", [.. first.Samples.Select(sample => sample.Along)], [.. first.Samples.Select(sample => sample.Thickness)], unit, unit);
        Histogram(results, first, scale);
    }

    private static double OwnError(ThicknessProfile profile, (double Inner, double Outer)? blur)
    {
        var drawn = double.Hypot(profile.PixelError(), blur is { } known ? profile.BlurError(known.Inner, known.Outer) : 0);
        return profile.Scatter() is var scatter && double.IsNaN(scatter) ? drawn : Math.Max(scatter, drawn);
    }

    private static double[] Covered(double[] drawn)
    {
        double[] covered = [.. drawn.Where(value => value > 0)];
        Array.Sort(covered);
        return covered;
    }

    private static double Deviation(double[] drawn)
    {
        var covered = Covered(drawn);
        var mean = covered.Length > 0 ? covered.Average() : double.NaN;
        return Math.Sqrt(covered.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, covered.Length - 1));
    }

    private static void Histogram(IResultSink results, ThicknessProfile profile, PixelScale scale)
    {
        const int most = 200;
        var (low, high) = (profile.Values[0], profile.Values[^1]);
        var bin = Math.Max(scale.Mean / 2, (high - low) / most);
        var counts = new double[Math.Max(1, (int)((high - low) / bin) + 1)];
        foreach (var value in profile.Values)
        {
            counts[Math.Min(counts.Length - 1, (int)((value - low) / bin))]++;
        }

        results.Curve("Distribution", [.. counts.Select((_, i) => low + ((i + 0.5) * bin))], [.. counts.Select(count => count / profile.Values.Length)], scale.Unit, "");
    }

    /// <summary>Thickness along every ray; pixels without a ray have no value.</summary>
    private static float[] Map(ThicknessProfile profile, PixelScale scale, (int Width, int Height) size)
    {
        var map = new float[size.Width * size.Height];
        Array.Fill(map, float.NaN);
        foreach (var sample in profile.Samples.Where(sample => sample.Covered))
        {
            for (var t = 0.0; t <= sample.Thickness; t += scale.Mean / 2)
            {
                var (x, y) = ((int)((sample.X + (t * sample.NormalX)) / scale.X), (int)((sample.Y + (t * sample.NormalY)) / scale.Y));
                if ((uint)x < (uint)size.Width && (uint)y < (uint)size.Height)
                {
                    map[(y * size.Width) + x] = (float)sample.Thickness;
                }
            }
        }

        return map;
    }
}

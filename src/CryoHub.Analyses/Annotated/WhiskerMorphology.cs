using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Numerics.Outlines;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>Length, width, aspect ratio and tortuosity of whiskers, sphericity of balls and their contact with a substrate, from labels or outlines.</summary>
public sealed class WhiskerMorphology : Analysis<WhiskerMorphologyParameters>
{
    private const long MostBytes = 64 << 20; // of a file of shapes
    private const int MostObjects = 2000;

    private static readonly SignalKind[] Pictures = [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Photo];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "whisker-morphology",
        1,
        "Whisker morphology",
        "Length, width, aspect ratio and tortuosity of whiskers, sphericity of balls, and the length of their contact with a substrate, from a label image or drawn outlines.",
        [
            new AnalysisInput("labels", Pictures, Required: false),
            new AnalysisInput("shapes", [SignalKind.Document], Required: false),
            new AnalysisInput("signal", Pictures, Required: false),
        ],
        typeof(WhiskerMorphologyParameters),
        ["Lorensen and Cline, Computer Graphics 21 (1987) 163, doi:10.1145/37402.37422 (edges of labels between pixels)", "Wadell, J. Geol. 40 (1932) 443, doi:10.1086/623964 (sphericity)"])
    {
        Formula =
        [
            "Tips: of all pairs of places on the outline the one for which places at the same part of both sides are nearest on average. Length: along the middle of both sides from tip to tip; width: mean distance of the sides, a tenth at each tip left out. Of a body of sphericity 0.9 and above: longest and shortest caliper.",
            "Aspect ratio = length / width; tortuosity = length / distance of the tips; sphericity of the outline = 2 sqrt(pi area) / perimeter, 1 for a disc.",
            "Contact length: outline within the given distance of the substrate's, less that distance at each of its ends.",
            "u(length) = sqrt(2) placing; u(width) = sqrt(2) placing over the root of how many widths long the measured part is; u(contact) = sqrt(2) x the contact's distance; ratios by propagation.",
        ],
        Limits =
        [
            "A projection: a whisker that leans towards the beam is longer than its picture.",
            "Branched whiskers and those that cross are not one ribbon: draw each as an outline of its own.",
            "Objects cut by the picture's border are marked: their length is a lower limit.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, WhiskerMorphologyParameters parameters, CancellationToken ct)
    {
        var (labels, shapes, picture) = DrawnInputs.Of(run, Info);
        var scale = PixelScale.Of(picture, parameters.Pixel, run.Results);
        var (bodies, substrate) = labels is not null
            ? OfLabels(await LabelFrame.ReadAsync(labels, parameters.Frame, ct), parameters, run.Parallel(ct))
            : OfShapes(GeoJsonShapes.Read(await DocumentBytes.ReadAsync(shapes!, "A file of shapes", MostBytes, ct), shapes!.Header.Name), parameters);
        if (bodies.Count is 0 or > MostObjects)
        {
            throw ProblemException.Invalid(
                $"From 1 to {MostObjects} whiskers are measured at a time; frame {parameters.Frame} has {bodies.Count} {(labels is not null ? $"parts of label {parameters.Whisker} of at least {parameters.Smallest} px that do not cross the whole picture" : $"outlines{(parameters.Class.Length > 0 ? $" of the class \"{parameters.Class}\"" : "")}")}.");
        }

        var size = picture is null ? ((int, int)?)null : ((int)picture.Axes[^1].Size, (int)picture.Axes[^2].Size);
        var whiskers = new List<Whisker>();
        foreach (var body in bodies)
        {
            ct.ThrowIfCancellationRequested();
            run.Progress.Report(new Step((double)whiskers.Count / bodies.Count, $"Whisker {whiskers.Count + 1} of {bodies.Count}"));
            whiskers.Add(Whisker.Of(body, substrate, size, scale, parameters));
        }

        Write(run.Results, whiskers, substrate.Count > 0, scale.Unit);
    }

    private static (List<Outline> Bodies, IReadOnlyList<Outline> Substrate) OfLabels(LabelFrame frame, WhiskerMorphologyParameters parameters, ParallelOptions threads)
    {
        // A border of nothing closes the outlines of what the picture cuts.
        var (width, height) = (frame.Width + 2, frame.Height + 2);
        var work = new VolumeWork(new VolumeShape(1, height, width), threads);
        IReadOnlyList<Outline> Edges(int label)
        {
            var (mask, padded) = (frame.Mask(label), new float[width * height]);
            for (var y = 0; y < frame.Height; y++)
            {
                mask.AsSpan(y * frame.Width, frame.Width).CopyTo(padded.AsSpan(((y + 1) * width) + 1));
            }

            return [.. MarchingSquares.At(work.Gaussian(padded, 0.7), width, 0.5f).Select(line => line with { Places = [.. line.Places.Select(place => place - 1)] })];
        }

        List<Outline> bodies = [.. Edges(parameters.Whisker).Where(line => line.Closed && Whisker.SignedArea(line) is var area && Math.Abs(area) >= parameters.Smallest && IsOuter(line, frame, parameters.Whisker))];
        return (bodies, parameters.Substrate is { } substrate ? Edges(substrate) : []);
    }

    /// <summary>Whether the label lies on the inner side of the line: edges of holes are no bodies.</summary>
    private static bool IsOuter(Outline line, LabelFrame frame, int label)
    {
        var normals = line.Resampled(1);
        var directions = normals.Normals(2);
        var (inside, sign) = (0, Math.Sign(Whisker.SignedArea(line)));
        for (var i = 0; i < normals.Count; i++)
        {
            // The normal (ty, -tx) of a way round with positive area (clockwise on screen) points outwards.
            var (x, y) = ((int)Math.Floor(normals.Places[2 * i] - (1.5 * sign * directions[2 * i])), (int)Math.Floor(normals.Places[(2 * i) + 1] - (1.5 * sign * directions[(2 * i) + 1])));
            inside += (uint)x < (uint)frame.Width && (uint)y < (uint)frame.Height && frame.Labels[(y * frame.Width) + x] == label ? 1 : -1;
        }

        return inside > 0;
    }

    private static (List<Outline> Bodies, IReadOnlyList<Outline> Substrate) OfShapes(IReadOnlyList<ShapeFeature> shapes, WhiskerMorphologyParameters parameters)
    {
        var here = shapes.Where(shape => shape.IsOn(parameters.Frame)).ToArray();
        bool IsSubstrate(ShapeFeature shape) => parameters.SubstrateClass.Length > 0 && shape.Class == parameters.SubstrateClass;
        var substrate = here.Where(shape => IsSubstrate(shape) && shape.Geometry.Kind is not (ShapeKind.Point or ShapeKind.Text or ShapeKind.Ellipse)).ToArray();
        if (parameters.SubstrateClass.Length > 0 && substrate.Length == 0)
        {
            throw ProblemException.Invalid($"There is no line of the class \"{parameters.SubstrateClass}\"; there are {string.Join(", ", here.Select(shape => $"\"{shape.Class}\"").Distinct().Take(20))}.");
        }

        var bodies = here.Where(shape => shape.Geometry.Kind is ShapeKind.Polygon or ShapeKind.Rectangle && !IsSubstrate(shape) && (parameters.Class.Length == 0 || shape.Class == parameters.Class));
        return ([.. bodies.Select(shape => new Outline(shape.Geometry.Rings[0], true)).Where(line => line.Length > 0)], [.. substrate.Select(shape => new Outline(shape.Geometry.Rings[0], shape.Geometry.IsArea))]);
    }

    private static void Write(IResultSink results, List<Whisker> whiskers, bool contact, string unit)
    {
        results.Number("Whiskers", whiskers.Count, "");
        var whole = whiskers.Where(whisker => !whisker.Truncated).ToArray();
        if (whole.Length < whiskers.Count)
        {
            results.Warn($"{whiskers.Count - whole.Length} of {whiskers.Count} reach the border of the picture: they are in the table and not in the means.");
        }

        Mean("Length", unit, whisker => whisker.Length);
        Mean("Width", unit, whisker => whisker.Width);
        Mean("Aspect ratio", "", whisker => whisker.AspectRatio);
        Mean("Tortuosity", "", whisker => whisker.Tortuosity);
        Mean("Sphericity", "", whisker => whisker.Sphericity);
        if (contact)
        {
            Mean("Contact length", unit, whisker => whisker.Contact);
        }

        List<Column> columns =
        [
            new Column("x", "px", [.. whiskers.Select(whisker => (object)whisker.X)]),
            new Column("y", "px", [.. whiskers.Select(whisker => (object)whisker.Y)]),
        ];
        Add("Length", unit, whisker => whisker.Length);
        Add("Width", unit, whisker => whisker.Width);
        columns.Add(new Column("Variation of the width", unit, [.. whiskers.Select(whisker => (object)whisker.WidthSpread)]));
        Add("Aspect ratio", "", whisker => whisker.AspectRatio);
        Add("Tortuosity", "", whisker => whisker.Tortuosity);
        Add("Sphericity", "", whisker => whisker.Sphericity);
        if (contact)
        {
            Add("Contact length", unit, whisker => whisker.Contact);
        }

        columns.Add(new Column("Cut by the border", "", [.. whiskers.Select(whisker => (object)(whisker.Truncated ? "yes" : "no"))]));
        results.Table("Whiskers", columns);

        void Add(string name, string columnUnit, Func<Whisker, (double Value, double Error)> of)
        {
            columns.Add(new Column(name, columnUnit, [.. whiskers.Select(whisker => (object)of(whisker).Value)]));
            columns.Add(new Column(name + " uncertainty", columnUnit, [.. whiskers.Select(whisker => (object)of(whisker).Error)]));
        }

        // Of one the uncertainty of its measurement; of several the standard error of the mean, which holds their differences too.
        void Mean(string name, string numberUnit, Func<Whisker, (double Value, double Error)> of)
        {
            if (whole.Length == 0)
            {
                return;
            }

            var mean = whole.Average(whisker => of(whisker).Value);
            var own = Math.Sqrt(whole.Sum(whisker => of(whisker).Error * of(whisker).Error)) / whole.Length;
            var spread = whole.Length > 1 ? Math.Sqrt(whole.Sum(whisker => Math.Pow(of(whisker).Value - mean, 2)) / (whole.Length - 1) / whole.Length) : 0;
            results.Number(whole.Length == 1 ? name : name + ", mean", mean, numberUnit, Math.Max(own, spread));
        }
    }
}

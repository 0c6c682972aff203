using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Numerics.Outlines;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Annotated;

/// <summary>The two boundaries of a layer as one person gave them, in pixels.</summary>
/// <param name="Name">The input they are from.</param>
/// <param name="Inner">Lines to measure from, the longest first.</param>
/// <param name="Outer">Lines to measure to.</param>
/// <param name="Alike">Length over which the errors of a line are alike, in pixels.</param>
/// <param name="Overlap">What <see cref="Numerics.Fitting.BlockNoise"/> calls overlap, in pixels.</param>
/// <param name="Margin">Pixels at the picture's border that smoothing has bent.</param>
internal sealed record BoundaryPair(string Name, IReadOnlyList<Outline> Inner, IReadOnlyList<Outline> Outer, double Alike, double Overlap, double Margin)
{
    private const double LeastPart = 0.2; // of the longest line: shorter ones are specks

    /// <summary>Edges of a label, or of what lies on another label.</summary>
    public static BoundaryPair OfLabels(LabelFrame frame, SignalHeader header, LayerThicknessParameters parameters, ParallelOptions threads)
    {
        var counts = frame.Counts();
        foreach (var wanted in new[] { parameters.Layer, parameters.Core ?? parameters.Layer }.Where(label => !counts.ContainsKey(label)))
        {
            throw ProblemException.Invalid($"There are no pixels of label {wanted} in frame {parameters.Frame} of \"{header.Name}\"; there are the labels {string.Join(", ", counts.Keys.Take(20))}.");
        }

        IReadOnlyList<Outline> Edges(params ReadOnlySpan<int> labels)
        {
            var work = new VolumeWork(new VolumeShape(1, frame.Height, frame.Width), threads);
            var lines = MarchingSquares.At(work.Gaussian(frame.Mask(labels), parameters.Smoothing), frame.Width, 0.5f);
            return lines;
        }

        var alike = parameters.AlikeOver ?? Math.Max(3, 2 * Math.Sqrt(Math.PI) * parameters.Smoothing);
        var (overlap, margin) = (0.564 * parameters.Smoothing, 3 * parameters.Smoothing);
        if (parameters.Core is { } core)
        {
            var (inner, outer) = (Long(Edges(core)), Edges(core, parameters.Layer));
            return inner.Count > 0 && outer.Count > 0
                ? new BoundaryPair(header.Name, inner, outer, alike, overlap, margin)
                : throw ProblemException.Invalid($"Label {(inner.Count == 0 ? core : parameters.Layer)} of \"{header.Name}\" has no boundary inside the picture.");
        }

        var edges = Edges(parameters.Layer);
        return edges.Count >= 2
            ? new BoundaryPair(header.Name, [edges[0]], [edges[1]], alike, overlap, margin)
            : throw ProblemException.Invalid(
                $"Label {parameters.Layer} of \"{header.Name}\" has {edges.Count} edge{(edges.Count == 1 ? "" : "s")}, two are needed: a layer crosses the picture or closes to a ring. For a layer that lies on another label give that one as \"core\".");
    }

    /// <summary>Drawn lines of two classes.</summary>
    public static BoundaryPair OfShapes(IReadOnlyList<ShapeFeature> shapes, string name, LayerThicknessParameters parameters)
    {
        var usable = shapes.Where(shape => shape.IsOn(parameters.Frame) && shape.Geometry.Kind is not (ShapeKind.Point or ShapeKind.Text or ShapeKind.Angle or ShapeKind.Ellipse)).ToArray();
        if (usable.Length < 2)
        {
            throw ProblemException.Invalid($"A layer has two boundaries; \"{name}\" has {usable.Length} line{(usable.Length == 1 ? "" : "s")} or outline{(usable.Length == 1 ? "" : "s")} on frame {parameters.Frame} ({shapes.Count} shapes in all).");
        }

        var first = parameters.Inner.Length > 0 ? parameters.Inner : usable.FirstOrDefault(shape => shape.Class != parameters.Outer)?.Class ?? "";
        var second = parameters.Outer.Length > 0 ? parameters.Outer : usable.FirstOrDefault(shape => shape.Class != first)?.Class ?? first;
        ShapeFeature[] inner = [.. usable.Where(shape => shape.Class == first)];
        ShapeFeature[] outer = [.. usable.Where(shape => shape.Class == second)];
        if (first == second)
        {
            if (inner.Length != 2)
            {
                throw ProblemException.Invalid($"\"{name}\" has {inner.Length} lines of the class \"{first}\": name the classes of the boundaries, or give exactly two lines.");
            }

            (inner, outer) = ([inner[0]], [inner[1]]);
        }

        if (inner.Length == 0 || outer.Length == 0)
        {
            throw ProblemException.Invalid($"\"{name}\" has no line of the class \"{(inner.Length == 0 ? first : second)}\"; there are {string.Join(", ", usable.GroupBy(shape => shape.Class).Select(group => $"\"{group.Key}\" ({group.Count()})"))}.");
        }

        Outline[] from = [.. inner.SelectMany(Lines).OrderByDescending(line => line.Length)];
        Outline[] to = [.. outer.SelectMany(Lines)];
        var apart = parameters.AlikeOver ?? Math.Max(Apart(from), Apart(to));
        return new BoundaryPair(name, from, to, apart, apart / 4, 0);
    }

    /// <summary>Mean distance of drawn places.</summary>
    private static double Apart(IReadOnlyList<Outline> lines) => lines.Sum(line => line.Length) / lines.Sum(line => line.Pieces);

    private static IEnumerable<Outline> Lines(ShapeFeature shape) => shape.Geometry.Rings.Select(ring => new Outline(ring, shape.Geometry.IsArea)).Where(line => line.Length > 0);

    private static IReadOnlyList<Outline> Long(IReadOnlyList<Outline> lines) => [.. lines.Where(line => line.Length >= LeastPart * lines[0].Length)];
}

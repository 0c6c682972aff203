using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Numerics.Fitting;

namespace CryoHub.Analyses.Annotated;

/// <summary>Spacings over n fringes, angles between sets of fringes, and a wire's growth direction against them, from drawn lines.</summary>
public sealed class LatticeRuler : Analysis<LatticeRulerParameters>
{
    private const long MostBytes = 64 << 20; // of a file of shapes

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "lattice-ruler",
        1,
        "Lattice ruler",
        "Lattice spacings from lines drawn over n fringes, angles between the directions of different classes of lines, and a wire's growth direction against them, each with its uncertainty.",
        [
            new AnalysisInput("shapes", [SignalKind.Document]),
            new AnalysisInput("signal", [SignalKind.Image, SignalKind.ImageStack, SignalKind.Volume, SignalKind.Photo], Required: false),
        ],
        typeof(LatticeRulerParameters),
        ["Williams and Carter, Transmission Electron Microscopy, 2nd ed. (2009), chapter 28, doi:10.1007/978-0-387-76501-3", "JCGM 100:2008, Guide to the expression of uncertainty in measurement"])
    {
        Formula =
        [
            "Spacing = length / n for a line perpendicular to the fringes; n is the number in the line's label, else the parameter. Lines of one class: mean weighted by 1 / u^2.",
            "u(length) = sqrt(2) x placing of an end; u(direction) = u(length) / length. Where several lines scatter by more than two deviations of their reduced chi-squared beyond it, their own spread counts (with Student's t at 68 %). The calibration's part is added in squares.",
            "Angles between classes: 0 to 90 degrees, as fringes have no sign. Shapes of the kind angle: as drawn, 0 to 180.",
        ],
        Limits =
        [
            "A line that is not perpendicular to the fringes measures spacing / cos(error): 8 degrees are 1 %.",
            "The spacing is that of the picture: its calibration and distortion are in it. A profile or the Fourier transform uses more pixels than two ends.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, LatticeRulerParameters parameters, CancellationToken ct)
    {
        var document = run.Input(Info, "shapes");
        var picture = run.Inputs.ContainsKey("signal") ? run.Input(Info, "signal").Header : null;
        var shapes = GeoJsonShapes.Read(await DocumentBytes.ReadAsync(document, "A file of shapes", MostBytes, ct), document.Header.Name).Where(shape => shape.IsOn(parameters.Frame)).ToArray();
        var scale = PixelScale.Of(picture, parameters.Pixel, run.Results);
        RulerLine[] lines = [.. shapes.Where(IsStraight).Select(shape => RulerLine.Of(shape, scale, parameters))];
        var angles = shapes.Where(shape => shape.Geometry.Kind == ShapeKind.Angle).ToArray();
        if (lines.Length + angles.Length == 0)
        {
            throw ProblemException.Invalid($"The lattice ruler needs lines, arrows or angles; \"{document.Header.Name}\" has none on frame {parameters.Frame} ({shapes.Length} other shapes).");
        }

        if (parameters.Growth.Length > 0 && lines.All(line => line.Class != parameters.Growth))
        {
            throw ProblemException.Invalid($"\"{document.Header.Name}\" has no line of the class \"{parameters.Growth}\"; there are {string.Join(", ", lines.Select(line => $"\"{line.Class}\"").Distinct())}.");
        }

        var classes = lines.GroupBy(line => line.Class).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        foreach (var group in classes.Where(group => group.Key != parameters.Growth || parameters.Growth.Length == 0))
        {
            var (spacing, error) = Mean([.. group.Select(line => (line.Spacing, line.SpacingError))]);
            run.Results.Number($"Spacing, {Name(group.Key)}", spacing, scale.Unit, double.Hypot(error, spacing * parameters.PixelUncertainty / 100));
        }

        WriteAngles(run.Results, classes, parameters);
        foreach (var (angle, i) in angles.Select((angle, i) => (angle, i)))
        {
            WriteAngle(run.Results, angle, i, scale, parameters);
        }

        run.Results.Table("Lines", [
            new Column("Class", "", [.. lines.Select(line => (object)Name(line.Class))]),
            new Column("Length", scale.Unit, [.. lines.Select(line => (object)line.Length)]),
            new Column("Fringes", "", [.. lines.Select(line => (object)(double)line.Fringes)]),
            new Column("Spacing", scale.Unit, [.. lines.Select(line => (object)line.Spacing)]),
            new Column("Spacing uncertainty", scale.Unit, [.. lines.Select(line => (object)line.SpacingError)]),
            new Column("Direction", "deg", [.. lines.Select(line => (object)line.Direction)]),
            new Column("Direction uncertainty", "deg", [.. lines.Select(line => (object)line.DirectionError)]),
        ]);
    }

    private static bool IsStraight(ShapeFeature shape) =>
        shape.Geometry.Kind is ShapeKind.Line or ShapeKind.Arrow && shape.Geometry.Rings[0] is var ring && double.Hypot(ring[^2] - ring[0], ring[^1] - ring[1]) > 0;

    private static string Name(string key) => key.Length > 0 ? key : "lines without a class";

    private static void WriteAngles(IResultSink results, IGrouping<string, RulerLine>[] classes, LatticeRulerParameters parameters)
    {
        var directions = classes.Select(group => (group.Key, Direction: Direction([.. group]))).ToArray();
        for (var a = 0; a < directions.Length; a++)
        {
            for (var b = a + 1; b < directions.Length; b++)
            {
                var between = Math.Abs(Turned(directions[a].Direction.Value - directions[b].Direction.Value));
                var error = double.Hypot(directions[a].Direction.Error, directions[b].Direction.Error);
                var growth = parameters.Growth.Length > 0 && (directions[a].Key == parameters.Growth || directions[b].Key == parameters.Growth);
                var other = directions[a].Key == parameters.Growth ? directions[b].Key : directions[a].Key;
                results.Number(growth ? $"Growth direction against {Name(other)}" : $"Angle between {Name(directions[a].Key)} and {Name(directions[b].Key)}", between, "deg", error);
            }
        }
    }

    private static void WriteAngle(IResultSink results, ShapeFeature shape, int number, PixelScale scale, LatticeRulerParameters parameters)
    {
        var p = shape.Geometry.Rings[0];
        if (ShapeMeasures.Of(shape.Geometry, scale.X, scale.Y, scale.Unit).AngleDeg is not { } angle || !double.IsFinite(angle))
        {
            return;
        }

        // Each place moves by the same amount; the vertex turns both arms by their difference.
        var (ax, ay, bx, by) = ((p[0] - p[2]) * scale.X, (p[1] - p[3]) * scale.Y, (p[4] - p[2]) * scale.X, (p[5] - p[3]) * scale.Y);
        var (a, b) = ((ax * ax) + (ay * ay), (bx * bx) + (by * by));
        var vertex = double.Hypot((ax / a) - (bx / b), (ay / a) - (by / b));
        var error = parameters.Placing * scale.Mean * Math.Sqrt((1 / a) + (1 / b) + (vertex * vertex));
        results.Number(shape.Label.Length > 0 ? $"Angle {number + 1}, {shape.Label}" : $"Angle {number + 1}", angle, "deg", double.RadiansToDegrees(error));
    }

    /// <summary>Direction of lines without a sign, about that of the longest.</summary>
    private static (double Value, double Error) Direction(RulerLine[] lines)
    {
        var first = lines.MaxBy(line => line.Length)!.Direction;
        var (turn, error) = Mean([.. lines.Select(line => (Turned(line.Direction - first), line.DirectionError))]);
        return (first + turn, error);
    }

    /// <summary>Degrees from -90 to 90 for a direction without a sign.</summary>
    private static double Turned(double degrees) => degrees - (180 * Math.Round(degrees / 180));

    private static (double Value, double Error) Mean((double Value, double Error)[] measured)
    {
        double[] weights = [.. measured.Select(one => one.Error > 0 ? 1 / (one.Error * one.Error) : 1)];
        var sum = weights.Sum();
        var mean = measured.Zip(weights, (one, weight) => weight * one.Value).Sum() / sum;
        var own = measured.All(one => one.Error > 0) ? Math.Sqrt(1 / sum) : 0;
        var n = measured.Length;
        if (n < 2)
        {
            return (mean, own);
        }

        // The spread counts only where it says clearly more than the placing does: of few lines it is mostly chance.
        var chi = measured.Zip(weights, (one, weight) => weight * (one.Value - mean) * (one.Value - mean)).Sum() / (n - 1);
        return (mean, own == 0 ? StudentFactor.Of(n - 1) * Math.Sqrt(chi / n) : chi > 1 + (2 * Math.Sqrt(2.0 / (n - 1))) ? own * Math.Sqrt(chi) * StudentFactor.Of(n - 1) : own);
    }
}

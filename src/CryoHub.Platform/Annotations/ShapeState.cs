using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using NpgsqlTypes;

namespace CryoHub.Platform.Annotations;

/// <summary>From what people draw to rows and back.</summary>
internal static class ShapeState
{
    public static ShapeGeometry Geometry(this IShapeState state) => new(state.Kind, Rings(state.Coordinates, state.RingLengths));

    /// <exception cref="ProblemException">Invalid, with what is wrong.</exception>
    public static void Check(ShapeText text, Canvas canvas, Vocabulary classes)
    {
        if (!Enum.IsDefined(text.Kind))
        {
            throw ProblemException.Invalid("There is no such kind of shape.");
        }

        ShapeRules.Check(new(text.Kind, text.Rings ?? []), canvas.X.Size, canvas.Y.Size);
        classes.Check(text.ClassKey, text.Kind);
        if (text.Label is { Length: > 400 } label)
        {
            throw ProblemException.Invalid($"The label has {label.Length} characters; 400 is the limit.");
        }

        if (text.Confidence is { } sure && sure is not (>= 0 and <= 1))
        {
            throw ProblemException.Invalid($"A confidence of {sure} is not possible; it goes from 0 to 1.");
        }

        if (text.FirstFrame is null != text.LastFrame is null || text.FirstFrame < 0 || text.LastFrame < text.FirstFrame || text.LastFrame >= canvas.Frames)
        {
            throw ProblemException.Invalid($"Frames {text.FirstFrame} to {text.LastFrame} are not possible: there are {canvas.Frames}, counted from 0. Leave both out for all.");
        }
    }

    public static void Set(this Shape shape, ShapeText text) => shape.Set(
        text.Kind, text.ClassKey ?? "", text.Label?.Trim() ?? "", [.. text.Rings!.SelectMany(ring => ring)], [.. text.Rings!.Select(ring => ring.Length)],
        (text.FirstFrame, text.LastFrame, text.Confidence));

    public static void Set(this Shape shape, IShapeState state) => shape.Set(
        state.Kind, state.ClassKey, state.Label, state.Coordinates, state.RingLengths, (state.FirstFrame, state.LastFrame, state.Confidence));

    public static bool Is(this Shape shape, ShapeText text) =>
        shape.Kind == text.Kind && shape.ClassKey == (text.ClassKey ?? "") && shape.Label == (text.Label?.Trim() ?? "") && shape.FirstFrame == text.FirstFrame
        && shape.LastFrame == text.LastFrame && shape.Confidence == text.Confidence && shape.Coordinates.SequenceEqual(text.Rings!.SelectMany(ring => ring))
        && shape.RingLengths.SequenceEqual(text.Rings!.Select(ring => ring.Length));

    public static ShapeVersion Version(this Shape shape) => new()
    {
        ShapeId = shape.Id,
        Revision = shape.Revision,
        Sequence = shape.Sequence,
        Kind = shape.Kind,
        ClassKey = shape.ClassKey,
        Label = shape.Label,
        Coordinates = shape.Coordinates,
        RingLengths = shape.RingLengths,
        FirstFrame = shape.FirstFrame,
        LastFrame = shape.LastFrame,
        Confidence = shape.Confidence,
        IsDeleted = shape.DeletedAt is not null,
        ChangedBy = shape.ChangedBy,
        ChangedAt = shape.ChangedAt,
    };

    private static void Set(
        this Shape shape, ShapeKind kind, string classKey, string label, double[] coordinates, int[] ringLengths, (int? First, int? Last, double? Confidence) rest)
    {
        (shape.Kind, shape.ClassKey, shape.Label, shape.Coordinates, shape.RingLengths) = (kind, classKey, label, coordinates, ringLengths);
        (shape.FirstFrame, shape.LastFrame, shape.Confidence) = rest;
        var box = shape.Geometry().Box();
        shape.Bounds = new NpgsqlBox(box.Bottom, box.Right, box.Top, box.Left);
    }

    public static List<double[]> Rings(double[] coordinates, int[] lengths)
    {
        var rings = new List<double[]>(lengths.Length);
        var start = 0;
        foreach (var length in lengths)
        {
            rings.Add(coordinates[start..(start + length)]);
            start += length;
        }

        return rings;
    }
}

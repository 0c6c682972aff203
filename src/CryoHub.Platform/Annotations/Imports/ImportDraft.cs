using CryoHub.Imaging;
using CryoHub.Imaging.Shapes.Files;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>The shapes of a file as they would be drawn on a layer: checked, with their classes, without those that are there already.</summary>
internal sealed class ImportDraft
{
    /// <summary>Shapes of one import, which is one transaction.</summary>
    public const int MostShapes = 50_000;

    /// <summary>Vertices of one import over all shapes.</summary>
    public const long MostVertices = 2_000_000;

    private const int MostReasons = 20;

    private readonly ShapeFile file;
    private readonly ClassMatches matches;
    private readonly Vocabulary classes;
    private readonly bool makeClasses;
    private readonly List<(ShapeText Text, string Named, UInt128 Print)> shapes = [];
    private readonly List<string> reasons = [];
    private int leftOut;
    private int there;
    private int misfits;

    private ImportDraft(ShapeFile file, Vocabulary classes, bool makeClasses) =>
        (this.file, this.classes, matches, this.makeClasses) = (file, classes, new(classes), makeClasses);

    /// <summary>What would be drawn, in the order of the file.</summary>
    public IEnumerable<ShapeText> Shapes => shapes.Select(shape => shape.Text);

    public IReadOnlyCollection<ClassRow> NewClasses => matches.New;

    public int LeftOut => leftOut;

    public string FirstReason => reasons.FirstOrDefault("");

    /// <exception cref="ProblemException">Invalid: more shapes, vertices or classes than one import takes.</exception>
    public static ImportDraft Of(ShapeFile file, Canvas canvas, Vocabulary classes, bool makeClasses, CancellationToken ct)
    {
        var vertices = file.Shapes.Sum(shape => (long)shape.Geometry.Vertices);
        if (file.Shapes.Count > MostShapes || vertices > MostVertices)
        {
            throw ProblemException.Invalid(
                $"The file holds {file.Shapes.Count:N0} shapes with {vertices:N0} vertices; one import takes {MostShapes:N0} shapes with {MostVertices:N0}. Cut it into several files.");
        }

        var draft = new ImportDraft(file, classes, makeClasses);
        for (var i = 0; i < file.Shapes.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            draft.Add(i, canvas);
        }

        return draft;
    }

    /// <summary>Takes off what the layer has already, and what the file says twice.</summary>
    public async Task CompareAsync(IAsyncEnumerable<Shape> layer, CancellationToken ct)
    {
        var prints = shapes.Select(shape => shape.Print).ToHashSet();
        var known = new HashSet<UInt128>();
        await foreach (var shape in layer.WithCancellation(ct))
        {
            var print = ShapePrint.Of(shape.Kind, classes.Resolve(shape.ClassKey), shape.Geometry().Rings, shape.FirstFrame, shape.LastFrame);
            if (prints.Contains(print))
            {
                known.Add(print);
            }
        }

        there = shapes.RemoveAll(shape => !known.Add(shape.Print));
    }

    public ImportPlan Plan(bool mayMakeClasses) => new(
        file.Format, file.Shapes.Count, shapes.Count, there,
        [.. shapes.GroupBy(shape => shape.Text.Kind).OrderBy(group => group.Key).Select(group => new ImportKind(group.Key, group.Count()))],
        [.. shapes.GroupBy(shape => shape.Named).Select(group => Class(group.Key, group.Count()))],
        leftOut, reasons, misfits == 0 ? file.Warnings : [.. file.Warnings, $"{misfits:N0} shapes come without a class, as theirs is not drawn with this kind of shape."], mayMakeClasses);

    private void Add(int index, Canvas canvas)
    {
        var shape = file.Shapes[index];
        var named = shape.Class.Trim();
        var row = named.Length == 0 ? null : matches.For(named, shape.Colour);
        if (row is not null && row.Kinds.Count > 0 && !row.Kinds.Contains(shape.Geometry.Kind))
        {
            (row, named) = (null, "");
            misfits++;
        }

        var first = Frame(shape.FirstFrame);
        var key = row is null || (matches.IsNew(row) && !makeClasses) ? "" : row.Key;
        var text = new ShapeText(shape.Geometry.Kind, shape.Geometry.Rings, key, shape.Label.Trim(), first, Frame(shape.LastFrame) ?? first, shape.Confidence);
        try
        {
            // A new class is in no vocabulary yet, and takes every kind.
            ShapeState.Check(row is not null && matches.IsNew(row) ? text with { ClassKey = "" } : text, canvas, classes);
        }
        catch (ProblemException e)
        {
            leftOut++;
            if (reasons.Count < MostReasons)
            {
                reasons.Add($"Shape {index + 1}{(shape.Label.Length is > 0 and <= 60 ? $" ({shape.Label})" : "")}: {e.Message}");
            }

            return;
        }

        shapes.Add((text, named, ShapePrint.Of(text.Kind, key, text.Rings!, text.FirstFrame, text.LastFrame)));
    }

    private ImportClass Class(string named, int count)
    {
        if (named.Length == 0)
        {
            return new("", "", "", "", false, count);
        }

        var row = matches.For(named, "");
        return new(named, row.Key, row.Name, row.Colour, matches.IsNew(row), count);
    }

    /// <summary>What no stack can have stays impossible, so that the rules name it.</summary>
    private static int? Frame(long? frame) => frame is { } number ? (int)Math.Clamp(number, -1, int.MaxValue) : null;
}

namespace CryoHub.Imaging.Labels;

/// <summary>Which strokes are taken; every refusal says what was found and what is possible.</summary>
public static class StrokeRules
{
    /// <summary>Points of one stroke: a hand moves for a minute at 60 points a second.</summary>
    public const int MostPoints = 4000;

    /// <summary>Runs of one stroke that is told row by row: a region of 4096 rows with 20 runs in each.</summary>
    public const int MostRuns = 80_000;

    public const double LargestRadius = 1000;

    public const int MostLocked = 1000;

    /// <summary>Rows that the pieces of a path cover, added up: what a stroke costs. At the limit it is seconds, not minutes.</summary>
    public const double MostRows = 2_000_000;

    /// <summary>Refuses what cannot be painted on a layer of these sizes.</summary>
    /// <exception cref="ProblemException">Invalid, with the reason.</exception>
    public static void Check(Stroke stroke, int width, int height, int depth)
    {
        if (!Enum.IsDefined(stroke.Kind) || stroke.Points is null)
        {
            throw Invalid("A stroke is a brush, a ball, a polygon or rows, with points.");
        }

        CheckPoints(stroke);
        if (stroke.Kind is StrokeKind.Brush or StrokeKind.Polygon && (stroke.Slice < 0 || stroke.Slice >= depth))
        {
            throw Invalid($"The stroke is on slice {stroke.Slice}; the layer has slices 0 to {depth - 1}.");
        }

        if (stroke.Kind is StrokeKind.Brush or StrokeKind.Ball)
        {
            CheckBrush(stroke, height, depth);
        }

        if (stroke.Grey is { } grey && !(grey.Low <= grey.High))
        {
            throw Invalid(FormattableString.Invariant($"The grey values {grey.Low} to {grey.High} are no range."));
        }

        if (stroke.Locked is { Count: > MostLocked })
        {
            throw Invalid($"The stroke spares {stroke.Locked.Count:N0} labels; {MostLocked:N0} is the limit.");
        }

        if (IsOutside(stroke, width, height, depth))
        {
            throw Invalid($"The stroke lies outside the layer of {width} × {height} × {depth} voxels.");
        }
    }

    private static void CheckPoints(Stroke stroke)
    {
        var (points, rest) = Math.DivRem(stroke.Points.Count, stroke.Dimensions);
        var least = stroke.Kind == StrokeKind.Polygon ? 3 : 1;
        var most = stroke.Kind == StrokeKind.Rows ? MostRuns : MostPoints;
        if (rest != 0 || points < least || points > most)
        {
            throw Invalid($"The stroke has {stroke.Points.Count:N0} coordinates; {least} to {most:N0} points of {stroke.Dimensions} are possible.");
        }

        if (!stroke.Points.All(value => double.IsFinite(value) && Math.Abs(value) < 1e6))
        {
            throw Invalid("A coordinate is not a number, or beyond 1,000,000 voxels.");
        }

        if (stroke.Kind == StrokeKind.Rows && !stroke.Points.All(double.IsInteger))
        {
            throw Invalid("Rows are told in whole voxels: slice, row, first column, last column.");
        }
    }

    private static void CheckBrush(Stroke stroke, int height, int depth)
    {
        if (!(stroke.Radius > 0 && stroke.Radius <= LargestRadius))
        {
            throw Invalid(FormattableString.Invariant($"The brush has a radius of {stroke.Radius} voxels; up to {LargestRadius} is possible."));
        }

        if (!(stroke.SliceStep >= 0.001 && stroke.SliceStep <= 1000))
        {
            throw Invalid(FormattableString.Invariant($"Slices {stroke.SliceStep} voxels apart; 0.001 to 1000 is possible."));
        }

        var rows = RowsOf(stroke, height, depth);
        if (rows > MostRows)
        {
            throw Invalid(FormattableString.Invariant($"The stroke covers {rows:N0} rows; {MostRows:N0} is the limit. Paint it in shorter strokes."));
        }
    }

    private static double RowsOf(Stroke stroke, int height, int depth)
    {
        var (n, rows) = (stroke.Dimensions, 0.0);
        for (var i = 0; i < stroke.Points.Count; i += n)
        {
            var before = Math.Max(i - n, 0);
            var high = Math.Abs(stroke.Points[i + 1] - stroke.Points[before + 1]) + (2 * stroke.Radius) + 1;
            var deep = n == 3 ? Math.Abs(stroke.Points[i + 2] - stroke.Points[before + 2]) + (2 * stroke.Radius / stroke.SliceStep) + 1 : 1;
            rows += Math.Min(high, height) * Math.Min(deep, depth);
        }

        return rows;
    }

    private static bool IsOutside(Stroke stroke, int width, int height, int depth)
    {
        if (stroke.Kind == StrokeKind.Rows)
        {
            return Misses(0, depth - 1, 0) || Misses(1, height - 1, 0) || Misses(2, width - 1, 0) || Misses(3, width - 1, 0);
        }

        var reach = stroke.Kind == StrokeKind.Polygon ? 0 : stroke.Radius;
        return Misses(0, width, reach) || Misses(1, height, reach) || (stroke.Kind == StrokeKind.Ball && Misses(2, depth, reach / stroke.SliceStep));

        bool Misses(int axis, int size, double margin)
        {
            var along = stroke.Points.Where((_, i) => i % stroke.Dimensions == axis);
            return along.Max() + margin < 0 || along.Min() - margin > size;
        }
    }

    private static ProblemException Invalid(string words) => ProblemException.Invalid(words);
}

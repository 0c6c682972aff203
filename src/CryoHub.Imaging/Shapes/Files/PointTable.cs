using System.Globalization;
using System.Text;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Points as a table of text: columns x and y in pixels, or with a unit in brackets that is the picture's; frame (from 0) or slice (from 1), class and label where they are.</summary>
internal sealed class PointTable : IShapeFileReader
{
    private static readonly string[] Endings = [".csv", ".tsv", ".txt"];

    public string Name => "Table of points (CSV)";

    public bool Recognises(ReadOnlySpan<byte> file, string fileName) =>
        Endings.Contains(Path.GetExtension(fileName).ToLowerInvariant()) && file[..Math.Min(file.Length, 4096)].IndexOf((byte)0) < 0;

    public ShapeFile Read(ReadOnlyMemory<byte> file, string fileName, DrawnPicture picture)
    {
        var text = Encoding.UTF8.GetString(JsonTop.WithoutMark(file.Span));
        var separator = TextCells.SeparatorOf(text);
        var lines = new TextCells(text, separator);
        var first = lines.Next() ?? [];
        var columns = PointColumns.Of(first);
        if (columns is null && (first.Count < 2 || !first.Take(2).All(cell => TryNumber(cell, separator, out _))))
        {
            throw ProblemException.Invalid($"\"{fileName}\" has no columns \"x\" and \"y\"; its first line names {string.Join(", ", first.Take(12).Select(Short))}.");
        }

        var (number, shapes, others) = (1, new List<ShapeFeature>(), 0);
        for (var cells = columns is null ? first : Next(); cells is not null; cells = Next())
        {
            if (cells is [""])
            {
                continue;
            }

            if (shapes.Count == GeoJsonShapes.MostShapes)
            {
                throw ProblemException.Invalid($"\"{fileName}\" holds more than {GeoJsonShapes.MostShapes} points.");
            }

            var row = new Row(cells, columns ?? new(0, 1, "", "", -1, 0, -1, -1, -1, -1, 0), fileName, number, separator);
            if (row.IsPoint)
            {
                shapes.Add(row.Shape(picture));
            }
            else
            {
                others++;
            }
        }

        return new(Name, shapes, others == 0 ? [] : [$"{others:N0} lines tell of shapes that are no points; a table keeps only the middle of those, so they are left out. Take GeoJSON for them."]);

        List<string>? Next()
        {
            number++;
            return lines.Next();
        }
    }

    private static bool TryNumber(string cell, char separator, out double number)
    {
        // Where semicolons part the cells, a comma is the decimal sign.
        var plain = separator == ',' ? cell : cell.Replace(',', '.');
        if (plain.Length == 0)
        {
            number = double.NaN;
            return true;
        }

        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static string Short(string cell) => $"\"{(cell.Length > 40 ? cell[..40] + "…" : cell)}\"";

    private sealed class Row(List<string> cells, PointColumns columns, string fileName, int number, char separator)
    {
        public bool IsPoint => Text(columns.Kind).ToLowerInvariant() is "" or "point" or "text";

        public ShapeFeature Shape(DrawnPicture picture)
        {
            var (x, y) = (Place(columns.X, columns.XUnit, picture.X), Place(columns.Y, columns.YUnit, picture.Y));
            var frame = columns.Frame >= 0 && picture.Frames > 1 ? Number(columns.Frame) : double.NaN;
            var confidence = columns.Confidence >= 0 ? Number(columns.Confidence) : double.NaN;
            // A frame beyond every picture is refused later, with how many there are; it only must not overflow.
            var counted = double.IsNaN(frame) ? (long?)null : (long)Math.Clamp(Math.Round(frame) - columns.FirstFrameIs, -1, int.MaxValue);
            return new(new(ShapeKind.Point, [[x, y]]), Text(columns.Class), Text(columns.Label), counted, counted, double.IsNaN(confidence) ? null : confidence);
        }

        private double Place(int column, string unit, Axis axis)
        {
            var value = Number(column);
            return unit.Length == 0 ? value + columns.Shift
                : unit == axis.Unit ? ((value - axis.Origin) / axis.Step) + 0.5   // the coordinate of an axis is that of the pixel's middle
                : throw ProblemException.Invalid($"Column {column + 1} of \"{fileName}\" is in {unit}; the picture's axis is {(axis.IsCalibrated ? "in " + axis.Unit : "not calibrated")}. Give pixels.");
        }

        private double Number(int column) => TryNumber(Text(column), separator, out var value) ? value
            : throw ProblemException.Invalid($"Line {number} of \"{fileName}\" has {Short(Text(column))} where a number was expected.");

        private string Text(int column) => column >= 0 && column < cells.Count ? cells[column] : "";
    }
}

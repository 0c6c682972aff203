using System.Globalization;
using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Csv;

/// <summary>Rows and columns of a table, trace, point cloud or model: a line of names, then a line a row; words as words, an empty cell where there is no number.</summary>
internal static class CsvTable
{
    public static void Write(TextWriter text, SignalHeader header, ReadOnlySpan<byte> frame, CancellationToken ct)
    {
        var columns = header.Columns!;
        text.WriteLine(string.Join(',', columns.Select(column => CsvCell.Of(Title(column)))));
        var pixelBytes = header.Pixel.Bytes();
        var row = new double[columns.Count];
        for (var at = 0; at < frame.Length; at += row.Length * pixelBytes)
        {
            ct.ThrowIfCancellationRequested();
            PixelConversion.ToDouble(header.Pixel, frame.Slice(at, row.Length * pixelBytes), row);
            for (var i = 0; i < row.Length; i++)
            {
                text.Write(i == 0 ? "" : ",");
                text.Write(Cell(header.Pixel, columns[i], row[i]));
            }

            text.WriteLine();
        }
    }

    private static string Title(SignalColumn column) => column.Unit.Length == 0 || column.Name.Contains(column.Unit, StringComparison.Ordinal) ? column.Name : $"{column.Name} ({column.Unit})";

    private static string Cell(PixelType pixel, SignalColumn column, double value) => double.IsNaN(value) ? ""
        : column.Words is { } words ? CsvCell.Of(words[(int)value])
        : pixel == PixelType.Float32 ? ((float)value).ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
}

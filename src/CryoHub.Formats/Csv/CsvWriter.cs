using System.Globalization;
using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Csv;

/// <summary>A spectrum as two columns, an image as a grid of values with the coordinates on its margins, a table as it is.</summary>
public sealed class CsvWriter : IFormatWriter
{
    public string Extension => ".csv";

    public string Writes => "spectra (coordinate, value), images (a grid with coordinates on its margins) and tables (names, rows)";

    public string? Refusal(SignalHeader header) => header.Axes.Count > 2 || header.Pixel.IsColour() || header.Pixel.IsComplex()
        ? $"A CSV file holds a spectrum or an image of real numbers; {header.Name} has {header.Axes.Count} axes of {header.Pixel.Name()}."
        : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        await using var text = new StreamWriter(output, new UTF8Encoding(false), 64 << 10, leaveOpen: true) { NewLine = "\r\n" };
        await Frames.ForEachAsync(signal, frame =>
        {
            WriteTo(text, header, frame.Span, ct);
            return ValueTask.CompletedTask;
        }, ct);
        return null;
    }

    private static void WriteTo(StreamWriter text, SignalHeader header, ReadOnlySpan<byte> frame, CancellationToken ct)
    {
        if (header.Columns is not null)
        {
            CsvTable.Write(text, header, frame, ct);
            return;
        }

        var size = header.Pixel.Bytes();
        var columns = header.Axes[^1];
        if (header.Axes.Count == 1)
        {
            text.WriteLine($"{Title(columns)},value");
            for (var i = 0; i < columns.Size; i++)
            {
                text.WriteLine($"{Number(columns.At(i))},{header.Pixel.ToJson(frame[(i * size)..])}");
            }

            return;
        }

        text.Write($"{Title(header.Axes[0])} \\ {Title(columns)}");
        for (var x = 0; x < columns.Size; x++)
        {
            text.Write($",{Number(columns.At(x))}");
        }

        text.WriteLine();
        for (var y = 0; y < header.Axes[0].Size; y++)
        {
            ct.ThrowIfCancellationRequested();
            text.Write(Number(header.Axes[0].At(y)));
            for (var x = 0; x < columns.Size; x++)
            {
                text.Write(',');
                text.Write(header.Pixel.ToJson(frame[(int)(((y * columns.Size) + x) * size)..]).ToString());
            }

            text.WriteLine();
        }
    }

    private static string Title(Axis axis) => CsvCell.Of(axis.IsCalibrated ? $"{axis.Name} ({axis.Unit})" : axis.Name);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

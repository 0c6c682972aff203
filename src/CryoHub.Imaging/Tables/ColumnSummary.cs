using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Tables;

/// <summary>What one column holds, in a line.</summary>
/// <param name="Column">Name, unit and words.</param>
/// <param name="Count">Numbers in it; cells without a value and words do not count.</param>
/// <param name="Min">Least number; NaN in a column of text or without a number, as are <paramref name="Max"/> and <paramref name="Mean"/>.</param>
/// <param name="Max">Greatest number.</param>
/// <param name="Mean">Mean of the numbers.</param>
/// <param name="First">First value there is: a number or a word; <c>null</c> in an empty column.</param>
/// <param name="Last">Last value there is.</param>
public sealed record ColumnSummary(SignalColumn Column, long Count, double Min, double Max, double Mean, JsonNode? First, JsonNode? Last)
{
    /// <summary>One line a column of a signal with <see cref="SignalHeader.Columns"/>; of a curve (one axis), its coordinates and its values; otherwise none.</summary>
    public static async Task<IReadOnlyList<ColumnSummary>> OfAsync(ISignal signal, CancellationToken ct)
    {
        var header = signal.Header;
        var curve = header.Columns is null && header is { Kind: SignalKind.Trace, Axes.Count: 1 } && !header.Pixel.IsComplex();
        if (header.Columns is null && !curve)
        {
            return [];
        }

        var bytes = new byte[header.FrameBytes];
        await signal.ReadFrameAsync(0, bytes, ct);
        var values = new double[header.PixelCount];
        PixelConversion.ToDouble(header.Pixel, bytes, values);
        if (curve)
        {
            var axis = header.Axes[0];
            return
            [
                Of(new SignalColumn(axis.Name, axis.Unit), axis.Size, axis.At),
                Of(new SignalColumn(header.Name, header.ValueUnit), axis.Size, i => values[i]),
            ];
        }

        var width = header.Columns!.Count;
        return [.. header.Columns.Select((column, c) => Of(column, header.PixelCount / width, row => values[(row * width) + c]))];
    }

    /// <summary>Where most cells are numbers and a few are words (<c>0, 1, 1, R</c>), the numbers count.</summary>
    private static ColumnSummary Of(SignalColumn column, long rows, Func<long, double> at)
    {
        if (column.Words is { } words)
        {
            var numbers = words.Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
            var numeric = OfNumbers(column, rows, row => double.IsNaN(at(row)) ? double.NaN : numbers[(int)at(row)]);
            var text = OfNumbers(column, rows, at);
            return 2 * numeric.Count > text.Count ? numeric : numeric with { First = Value(text.First), Last = Value(text.Last) };

            JsonNode? Value(JsonNode? index) => index is null ? null : double.IsFinite(numbers[(int)(double)index]) ? numbers[(int)(double)index] : words[(int)(double)index];
        }

        return OfNumbers(column, rows, at);
    }

    private static ColumnSummary OfNumbers(SignalColumn column, long rows, Func<long, double> at)
    {
        var (count, min, max, sum, first, last) = (0L, double.NaN, double.NaN, 0.0, double.NaN, double.NaN);
        for (var row = 0L; row < rows; row++)
        {
            var value = at(row);
            if (!double.IsFinite(value))
            {
                continue;
            }

            (count, sum, last) = (count + 1, sum + value, value);
            if (count == 1)
            {
                (min, max, first) = (value, value, value);
            }
            else
            {
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
            }
        }

        return new(column, count, min, max, sum / count, count > 0 ? first : null, count > 0 ? last : null);
    }
}

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

    private static ColumnSummary Of(SignalColumn column, long rows, Func<long, double> at)
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

        return column.Words is { } words
            ? new(column, 0, double.NaN, double.NaN, double.NaN, count > 0 ? words[(int)first] : null, count > 0 ? words[(int)last] : null)
            : new(column, count, min, max, sum / count, count > 0 ? first : null, count > 0 ? last : null);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>All shapes of a signal as a file to take away.</summary>
public sealed class ShapeFiles(ShapeLog log, ShapeIntensities intensities)
{
    /// <summary>Shapes whose intensities are measured for one table.</summary>
    public const int MostMeasured = 20_000;

    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <summary>One line a shape: place and sizes, pixel values where they are asked for, units in the header. <c>null</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">Intensities were asked for and cannot be measured.</exception>
    public async Task<byte[]?> CsvAsync(Guid userId, Guid datasetId, int signalIndex, bool withIntensity, CancellationToken ct)
    {
        if (await log.LayerAsync(userId, datasetId, signalIndex, ct) is not { } layer)
        {
            return null;
        }

        var unit = layer.Unit;
        var text = new StringBuilder(
            $"id,kind,class,label,first frame,last frame,confidence,x (px),y (px),length ({unit}),area ({unit}²),perimeter ({unit}),equivalent diameter ({unit}),aspect ratio,orientation (°),angle (°),changed by,changed at");
        var count = 0;
        await foreach (var shape in AllAsync(userId, datasetId, signalIndex, withIntensity, ct))
        {
            if (count++ == 0 && shape.Intensity is { } first)
            {
                var value = first.Unit.Length > 0 ? $" ({first.Unit})" : "";
                text.Append($",pixels,mean{value},standard deviation{value},minimum{value},maximum{value},integral{value}");
            }

            var box = new ShapeGeometry(shape.Kind, shape.Rings).Box();
            var m = shape.Measures;
            object?[] cells =
            [
                shape.Id, shape.Kind.ToString().ToLowerInvariant(), shape.ClassKey, shape.Label, shape.FirstFrame, shape.LastFrame, shape.Confidence, (box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2,
                m.Length, m.Area, m.Perimeter, m.EquivalentDiameter, m.AspectRatio, m.OrientationDeg, m.AngleDeg, shape.ChangedBy, shape.ChangedAt.ToString("O", CultureInfo.InvariantCulture),
            ];
            text.Append('\n').AppendJoin(',', (shape.Intensity is { } i ? [.. cells, i.Pixels, i.Mean, i.StandardDeviation, i.Min, i.Max, i.Integral] : cells).Select(CsvText.Cell));
        }

        text.Append('\n');

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A feature collection (RFC 7946) in pixels, y downwards; sizes and class as properties.</summary>
    public async Task<byte[]?> GeoJsonAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct)
    {
        if (await log.LayerAsync(userId, datasetId, signalIndex, ct) is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            await foreach (var shape in AllAsync(userId, datasetId, signalIndex, false, ct))
            {
                ShapeGeoJson.Write(json, shape);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private async IAsyncEnumerable<ShapeRow> AllAsync(
        Guid userId, Guid datasetId, int signalIndex, bool withIntensity, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (since, count) = (0L, 0);
        while (await log.ChangesAsync(userId, datasetId, signalIndex, since, ct) is { Count: > 0 } rows)
        {
            IReadOnlyList<ShapeRow> there = [.. rows.Where(row => !row.IsDeleted)];
            count += there.Count;
            if (withIntensity && count > MostMeasured)
            {
                throw ProblemException.Invalid($"There are more than {MostMeasured:N0} shapes; intensities of so many are not measured in one request.");
            }

            foreach (var row in withIntensity ? await intensities.MeasureAsync(userId, datasetId, signalIndex, there, ct) : there)
            {
                yield return row;
            }

            since = rows[^1].Sequence;
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>All shapes of a signal as a file to take away.</summary>
public sealed class ShapeFiles(ShapeLog log)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    /// <summary>One line a shape: place and sizes, units in the header. <c>null</c> where the signal cannot be seen.</summary>
    public async Task<byte[]?> CsvAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct)
    {
        if (await log.LayerAsync(userId, datasetId, signalIndex, ct) is not { } layer)
        {
            return null;
        }

        var unit = layer.Unit;
        var text = new StringBuilder(
            $"id,kind,class,label,first frame,last frame,confidence,x (px),y (px),length ({unit}),area ({unit}²),perimeter ({unit}),equivalent diameter ({unit}),aspect ratio,orientation (°),angle (°),changed by,changed at\n");
        await foreach (var shape in AllAsync(userId, datasetId, signalIndex, ct))
        {
            var box = new ShapeGeometry(shape.Kind, shape.Rings).Box();
            var m = shape.Measures;
            object?[] cells =
            [
                shape.Id, shape.Kind.ToString().ToLowerInvariant(), shape.ClassKey, shape.Label, shape.FirstFrame, shape.LastFrame, shape.Confidence, (box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2,
                m.Length, m.Area, m.Perimeter, m.EquivalentDiameter, m.AspectRatio, m.OrientationDeg, m.AngleDeg, shape.ChangedBy, shape.ChangedAt.ToString("O", CultureInfo.InvariantCulture),
            ];
            text.AppendJoin(',', cells.Select(CsvText.Cell)).Append('\n');
        }

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
            await foreach (var shape in AllAsync(userId, datasetId, signalIndex, ct))
            {
                ShapeGeoJson.Write(json, shape);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private async IAsyncEnumerable<ShapeRow> AllAsync(Guid userId, Guid datasetId, int signalIndex, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var since = 0L;
        while (await log.ChangesAsync(userId, datasetId, signalIndex, since, ct) is { Count: > 0 } rows)
        {
            foreach (var row in rows.Where(row => !row.IsDeleted))
            {
                yield return row;
            }

            since = rows[^1].Sequence;
        }
    }
}

using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Statistics;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>Measures the picture under shapes, at full resolution.</summary>
public sealed class ShapeIntensities(IDbContextFactory<CryoHubDb> dbs, ShapeLog log, SignalDisk disk)
{
    /// <summary>Pixels of all boxes round the shapes of one request, over all their frames.</summary>
    public const long MostPixels = 1L << 28;

    private const int PixelsAtOnce = 1 << 22;

    /// <summary>The shape with its intensity; <c>null</c> where it cannot be seen.</summary>
    /// <exception cref="ProblemException">As <see cref="MeasureAsync"/>.</exception>
    public async Task<ShapeRow?> FindAsync(Guid userId, Guid shapeId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var place = await db.Shapes.Where(s => s.Id == shapeId).Select(s => new { s.Layer.DatasetId, s.Layer.SignalIndex }).SingleOrDefaultAsync(ct);
        return place is not null && await log.FindAsync(userId, shapeId, ct) is { } row ? (await MeasureAsync(userId, place.DatasetId, place.SignalIndex, [row], ct))[0] : null;
    }

    /// <summary>Shapes of one signal with their intensities, in the order given.</summary>
    /// <exception cref="ProblemException">Invalid: pixels have no single value, or more would have to be read than one request may.</exception>
    public async Task<IReadOnlyList<ShapeRow>> MeasureAsync(Guid userId, Guid datasetId, int signalIndex, IReadOnlyList<ShapeRow> shapes, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return shapes;   // the right was withdrawn in this moment
        }

        if (canvas.IsScan)
        {
            throw ProblemException.Invalid("Pixels of this map are spectra or patterns and have no intensity of their own; measure a map made from it.");
        }

        var row = await db.Signals.Where(s => s.DatasetId == canvas.DatasetId && s.Index == canvas.SignalIndex).Select(s => new { s.ZarrPrefix, s.ValueUnit }).SingleAsync(ct);
        using var group = disk.Read(row.ZarrPrefix);
        var signal = await ZarrSignal.OpenAsync(group, null, ct);
        var (measured, left) = (new List<ShapeRow>(shapes.Count), MostPixels);
        foreach (var shape in shapes)
        {
            var geometry = new ShapeGeometry(shape.Kind, shape.Rings);
            var (first, last) = (shape.FirstFrame ?? 0, shape.FirstFrame is null ? canvas.Frames - 1 : shape.LastFrame ?? shape.FirstFrame.Value);
            left -= PixelsRound(geometry, canvas) * (last - first + 1);
            if (left < 0)
            {
                throw ProblemException.Invalid(
                    $"The boxes round these shapes, over all their frames, hold more than {MostPixels:N0} pixels, which is the limit of one request. Give shapes fewer frames, or measure them one by one.");
            }

            var patch = PixelPatch.Of(geometry, canvas.X.Size, canvas.Y.Size);
            var statistics = new RunningStatistics();
            for (var frame = (long)first; frame <= last && patch.Mask.Length > 0; frame++)
            {
                await AddAsync(signal, patch, frame, statistics, ct);
            }

            measured.Add(shape with { Intensity = ShapeIntensity.Of(statistics, row.ValueUnit) });
        }

        return measured;
    }

    private static async Task AddAsync(ZarrSignal signal, PixelPatch patch, long frame, RunningStatistics statistics, CancellationToken ct)
    {
        var (shape, pixel) = (signal.Header.Shape, signal.Header.Pixel);
        var rows = Math.Clamp(PixelsAtOnce / patch.Width, 1, patch.Height);
        var bytes = new byte[rows * patch.Width * pixel.Bytes()];
        for (var y = 0; y < patch.Height; y += rows)
        {
            var count = Math.Min(rows, patch.Height - y);
            var band = bytes.AsMemory(0, count * patch.Width * pixel.Bytes());
            await signal.ReadRegionAsync([.. FrameIndex.Of(shape, frame), patch.Y + y, patch.X], [.. Enumerable.Repeat(1L, shape.Count - 2), count, patch.Width], band, ct);
            patch.AddTo(statistics, y, band.Span, pixel);
        }
    }

    private static long PixelsRound(ShapeGeometry geometry, Canvas canvas)
    {
        var box = geometry.Box();
        return (long)((Math.Clamp(Math.Ceiling(box.Right), 0, canvas.X.Size) - Math.Clamp(Math.Floor(box.Left), 0, canvas.X.Size) + 1)
            * (Math.Clamp(Math.Ceiling(box.Bottom), 0, canvas.Y.Size) - Math.Clamp(Math.Floor(box.Top), 0, canvas.Y.Size) + 1));
    }
}

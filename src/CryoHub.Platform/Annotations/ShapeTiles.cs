using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Tiles;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>Shapes of a view without the rest of the layer: how many they are, their outlines tile by tile, and how densely they lie where they are too many to be told apart.</summary>
public sealed class ShapeTiles(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Shapes whose outlines are drawn in one view; a tile never holds more.</summary>
    public const int MostInView = 20_000;

    /// <summary>Vertices that are read for one tile.</summary>
    public const int MostVertices = 1_000_000;

    private readonly DensityCache densities = new();

    /// <summary>How many shapes meet the view, up to one more than can be drawn; <c>null</c> where the signal cannot be seen.</summary>
    public async Task<ShapeCount?> CountAsync(Guid userId, Guid datasetId, int signalIndex, ShapeBox view, int? frame, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var count = await Meeting(db, canvas, view, frame).Select(_ => 1).Take(MostInView + 1).CountAsync(ct);
        return new(Math.Min(count, MostInView), count > MostInView);
    }

    /// <summary>How many shapes each class has, over all frames; <c>null</c> where the signal cannot be seen.</summary>
    public async Task<IReadOnlyList<ClassCount>?> ClassesAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var classes = await Vocabulary.LoadAsync(db, canvas.ProjectId, ct);
        var counts = await db.Shapes.Where(s => s.LayerId == canvas.LayerId && s.DeletedAt == null).GroupBy(s => s.ClassKey).Select(g => new ClassCount(g.Key, g.Count())).ToListAsync(ct);
        return [.. counts.GroupBy(c => classes.Resolve(c.ClassKey), (key, all) => new ClassCount(key, all.Sum(c => c.Shapes))).OrderBy(c => c.ClassKey, StringComparer.Ordinal)];
    }

    /// <summary>
    /// A tile of outlines, or of density where that is asked for or the tile holds more than can be drawn. Without bytes where nothing has changed since <paramref name="known"/>;
    /// <c>null</c> where the signal cannot be seen.
    /// </summary>
    /// <exception cref="CryoHub.Imaging.ProblemException">Invalid: there is no such tile.</exception>
    public async Task<ShapeTileBytes?> FindAsync(Guid userId, Guid datasetId, int signalIndex, ShapeTile tile, int? frame, bool density, long? known, CancellationToken ct)
    {
        tile.Check();
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var sequence = await db.AnnotationLayers.Where(l => l.Id == canvas.LayerId).Select(l => l.Sequence).SingleOrDefaultAsync(ct);   // before the shapes: newer ones may be in, none is missing
        if (sequence == known)
        {
            return new(sequence, null);
        }

        if (!density && await OutlinesAsync(db, canvas, tile, frame, sequence, ct) is { } outlines)
        {
            return new(sequence, outlines);
        }

        var made = densities.Find(canvas.LayerId, tile, frame, sequence) ?? (sequence, await DensityAsync(db, canvas, tile, frame, sequence, ct));
        return new(made.Sequence, made.Sequence == known ? null : made.Bytes);
    }

    /// <summary><c>null</c> where they are too many.</summary>
    private static async Task<byte[]?> OutlinesAsync(CryoHubDb db, Canvas canvas, ShapeTile tile, int? frame, long sequence, CancellationToken ct)
    {
        var writer = new ShapeTileWriter(tile);
        var vertices = 0;
        var rows = Meeting(db, canvas, tile.WithMargin, frame).Take(MostInView + 1)
            .Select(s => new { s.Id, s.Kind, s.ClassKey, s.Coordinates, s.RingLengths, IsUnsure = s.Confidence < 0.5 }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            vertices += row.Coordinates.Length / 2;
            if (writer.Count == MostInView || vertices > MostVertices)
            {
                return null;
            }

            writer.Add(row.Id, row.ClassKey, row.IsUnsure, new(row.Kind, ShapeState.Rings(row.Coordinates, row.RingLengths)));
        }

        return writer.ToArray(sequence);
    }

    private async Task<byte[]> DensityAsync(CryoHubDb db, Canvas canvas, ShapeTile tile, int? frame, long sequence, CancellationToken ct)
    {
        // Places 1 to 64 lie in the tile, 0 and 65 beside it. One number to group by is more than twice as fast as two.
        const int Wide = ShapeTile.Cells + 2;
        var box = tile.Box;
        var cells = await db.Database.SqlQuery<DensityCell>(
            $"""
            select place, count(*) as shapes from (
                select width_bucket((@@ bounds)[0], {box.Left}, {box.Right}, {ShapeTile.Cells}) + {Wide} * width_bucket((@@ bounds)[1], {box.Top}, {box.Bottom}, {ShapeTile.Cells}) as place from shapes
                where layer_id = {canvas.LayerId} and deleted_at is null and bounds && box(point({box.Left}, {box.Top}), point({box.Right}, {box.Bottom}))
                    and ({frame}::int is null or first_frame is null or (first_frame <= {frame} and last_frame >= {frame}))) placed
            group by place
            """).ToListAsync(ct);
        var writer = new DensityTileWriter();
        var shapes = 0L;
        foreach (var cell in cells)
        {
            var (y, x) = Math.DivRem(cell.Place, Wide);
            if (x is >= 1 and <= ShapeTile.Cells && y is >= 1 and <= ShapeTile.Cells)
            {
                writer.Set(x - 1, y - 1, cell.Shapes);
                shapes += cell.Shapes;
            }
        }

        var bytes = writer.ToArray(sequence);
        densities.Keep(canvas.LayerId, tile, frame, sequence, shapes, bytes);
        return bytes;
    }

    private static IQueryable<Shape> Meeting(CryoHubDb db, Canvas canvas, ShapeBox view, int? frame) => db.Shapes
        .FromSql($"select * from shapes where layer_id = {canvas.LayerId} and deleted_at is null and bounds && box(point({view.Left}, {view.Top}), point({view.Right}, {view.Bottom}))")
        .AsNoTracking().Where(s => frame == null || s.FirstFrame == null || (s.FirstFrame <= frame && s.LastFrame >= frame));

    private sealed record DensityCell(int Place, long Shapes);
}

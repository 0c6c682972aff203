using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>Reading shapes: those of a view, what is new since a number, and every earlier state.</summary>
public sealed class ShapeLog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Shapes of one answer to <see cref="ChangesAsync"/>.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>Shapes of a layer, also taken away ones, that a viewer reads as a whole.</summary>
    public const int MostWhole = 2000;

    /// <summary><c>null</c> where the signal cannot be seen.</summary>
    public async Task<LayerState?> LayerAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var row = await db.AnnotationLayers.Where(l => l.Id == canvas.LayerId)
            .Select(l => new { l.Sequence, l.LockedBy, l.LockedUntil, Holder = db.Users.Where(u => u.Id == l.LockedBy).Select(u => u.DisplayName).FirstOrDefault() }).SingleOrDefaultAsync(ct);
        var locked = row?.LockedBy is not null && row.LockedUntil > now;
        var drawn = await db.Shapes.Where(s => s.LayerId == canvas.LayerId).Select(s => s.Id).Take(MostWhole + 1).CountAsync(ct);
        return new(
            canvas.LayerId, row?.Sequence ?? 0, locked ? row!.Holder ?? "" : "", locked ? row!.LockedUntil : null,
            canvas.Role >= ProjectRole.Annotator && (!locked || row!.LockedBy == userId), drawn > MostWhole, canvas.Unit, userId);
    }

    /// <summary>Shapes that are there now, in the order of their last change; those that meet <paramref name="view"/> and are on <paramref name="frame"/> where these are given.</summary>
    public async Task<Page<ShapeRow>?> ListAsync(Guid userId, Guid datasetId, int signalIndex, ShapeBox? view, int? frame, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var shapes = view is { } v
            ? db.Shapes.FromSql($"select * from shapes where bounds && box(point({v.Left}, {v.Top}), point({v.Right}, {v.Bottom}))")
            : db.Shapes;
        var rows = await shapes.AsNoTracking().Where(s => s.LayerId == canvas.LayerId && s.DeletedAt == null)
            .Where(s => frame == null || s.FirstFrame == null || (s.FirstFrame <= frame && s.LastFrame >= frame))
            .OrderBy(s => s.Sequence).ToPageAsync(page, ct);
        return new(await RowsAsync(db, canvas, rows.Items, ct), rows.Total, rows.Skip, rows.Take);
    }

    /// <summary>The newest state of every shape changed after <paramref name="since"/>, also of those taken away; at most <see cref="MostAtOnce"/>, so ask again from the last one's number.</summary>
    public async Task<IReadOnlyList<ShapeRow>?> ChangesAsync(Guid userId, Guid datasetId, int signalIndex, long since, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var rows = await db.Shapes.AsNoTracking().Where(s => s.LayerId == canvas.LayerId && s.Sequence > since).OrderBy(s => s.Sequence).Take(MostAtOnce).ToListAsync(ct);
        return await RowsAsync(db, canvas, rows, ct);
    }

    /// <summary>Also a shape that was taken away, which can be brought back.</summary>
    public async Task<ShapeRow?> FindAsync(Guid userId, Guid shapeId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var shape = await db.Shapes.AsNoTracking().Include(s => s.Layer).SingleOrDefaultAsync(s => s.Id == shapeId, ct);
        return shape is not null && await Canvas.FindAsync(db, userId, shape.Layer.DatasetId, shape.Layer.SignalIndex, ct) is { } canvas
            ? (await RowsAsync(db, canvas, [shape], ct))[0]
            : null;
    }

    /// <summary>All states, newest first; <c>null</c> where the shape cannot be seen.</summary>
    public async Task<Page<ShapeRow>?> VersionsAsync(Guid userId, Guid shapeId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var place = await db.Shapes.Where(s => s.Id == shapeId).Select(s => new { s.Layer.DatasetId, s.Layer.SignalIndex }).SingleOrDefaultAsync(ct);
        if (place is null || await Canvas.FindAsync(db, userId, place.DatasetId, place.SignalIndex, ct) is not { } canvas)
        {
            return null;
        }

        var rows = await db.ShapeVersions.AsNoTracking().Where(v => v.ShapeId == shapeId).OrderByDescending(v => v.Revision).ToPageAsync(page, ct);
        var (names, classes) = await WordsAsync(db, canvas, rows.Items.Select(v => v.ChangedBy), ct);
        return new(
            [.. rows.Items.Select(v => Row(canvas, classes, v, v.ShapeId, v.Revision, v.Sequence, (v.ChangedBy, names.GetValueOrDefault(v.ChangedBy, ""), v.ChangedAt, v.IsDeleted)))],
            rows.Total, rows.Skip, rows.Take);
    }

    private static async Task<IReadOnlyList<ShapeRow>> RowsAsync(CryoHubDb db, Canvas canvas, IReadOnlyList<Shape> shapes, CancellationToken ct)
    {
        var (names, classes) = await WordsAsync(db, canvas, shapes.Select(s => s.ChangedBy), ct);
        return [.. shapes.Select(s => Row(canvas, classes, s, s.Id, s.Revision, s.Sequence, (s.ChangedBy, names.GetValueOrDefault(s.ChangedBy, ""), s.ChangedAt, s.DeletedAt is not null)))];
    }

    private static async Task<(Dictionary<Guid, string> Names, Vocabulary Classes)> WordsAsync(CryoHubDb db, Canvas canvas, IEnumerable<Guid> people, CancellationToken ct)
    {
        var wanted = people.Distinct().ToList();
        return (await db.Users.Where(u => wanted.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct), await Vocabulary.LoadAsync(db, canvas.ProjectId, ct));
    }

    private static ShapeRow Row(Canvas canvas, Vocabulary classes, IShapeState state, Guid id, int revision, long sequence, (Guid By, string Name, DateTimeOffset At, bool IsDeleted) change)
    {
        var geometry = state.Geometry();
        return new(
            id, revision, sequence, state.Kind, classes.Resolve(state.ClassKey), state.Label, geometry.Rings, state.FirstFrame, state.LastFrame, state.Confidence,
            canvas.Measure(geometry), change.By, change.Name, change.At, change.IsDeleted);
    }
}

using CryoHub.Imaging;
using CryoHub.Imaging.Shapes.Files;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>Shapes from files: shown before they are drawn, drawn all at once, taken back as one.</summary>
public sealed class ShapeImports(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    /// <summary>What the file would do, nothing done; <c>null</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden, or the file cannot be read.</exception>
    public async Task<ImportPlan?> PlanAsync(Guid userId, Guid datasetId, int signalIndex, ImportWish wish, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        canvas.MayDraw();
        var classes = await Vocabulary.LoadAsync(db, canvas.ProjectId, ct);
        var draft = ImportDraft.Of(ShapeFileReaders.Read(wish.Bytes, wish.FileName, canvas.Picture), canvas, classes, canvas.Role >= ProjectRole.Editor, ct);
        await draft.CompareAsync(On(db, canvas), ct);
        return draft.Plan(canvas.Role >= ProjectRole.Editor);
    }

    /// <summary>Draws the file's new shapes, all or nothing; the same import sent twice happens once. <c>null</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden, Conflict or Invalid, with the reason; or the file cannot be read.</exception>
    public async Task<ImportDone?> DrawAsync(Guid userId, Guid datasetId, int signalIndex, Guid importId, ImportWish wish, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        canvas.MayDraw();
        if (wish.MakeClasses && !await db.Projects.MayAddToAsync(userId, canvas.ProjectId, ct))
        {
            return null;
        }

        var file = ShapeFileReaders.Read(wish.Bytes, wish.FileName, canvas.Picture);   // before anybody has to wait
        if (wish.MakeClasses)
        {
            await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {canvas.ProjectId} for no key update", ct);   // two imports must not make the same class
        }

        var draft = ImportDraft.Of(file, canvas, await Vocabulary.LoadAsync(db, canvas.ProjectId, ct), wish.MakeClasses, ct);
        var turn = await LayerTurn.TakeAsync(db, userId, canvas, time.GetUtcNow(), ct);
        var (first, last) = ImportIds.Range(importId);
        var earlier = await db.Shapes.FromSql($"select * from shapes where id between {first} and {last}").AsNoTracking().Select(s => new { s.LayerId, s.CreatedBy }).ToListAsync(ct);
        if (earlier.Count > 0)
        {
            return earlier.All(s => s.LayerId == canvas.LayerId && s.CreatedBy == userId)
                ? new(importId, earlier.Count, 0, [])
                : throw new ProblemException(ProblemKind.Conflict, "Another import has this id.");
        }

        await draft.CompareAsync(On(db, canvas), ct);
        if (draft.LeftOut > 0 && !wish.LeaveOut)
        {
            throw ProblemException.Invalid($"{draft.LeftOut:N0} shapes cannot be drawn, so nothing was. {draft.FirstReason} They can be left out on request.");
        }

        var classes = wish.MakeClasses ? draft.NewClasses : [];
        db.AddRange(classes.Select(row => New(row, canvas.ProjectId, userId)));
        List<Shape> shapes = [.. draft.Shapes.Select((text, i) => turn.Make(ImportIds.Of(importId, (uint)i), text))];
        await ShapeCopy.WriteAsync(db, shapes, ct);
        await turn.CommitAsync(news, ct);
        return new(importId, shapes.Count, 0, [.. classes.Select(row => row.Key)]);
    }

    /// <summary>Takes away what an import has drawn, but not what a third person has changed since; <c>null</c> where there is no such import to be seen.</summary>
    public Task<ImportDone?> TakeBackAsync(Guid userId, Guid datasetId, int signalIndex, Guid importId, CancellationToken ct) =>
        ChangeAsync(userId, datasetId, signalIndex, importId, isThere: true, ct);

    /// <summary>Brings back what the same person has taken away.</summary>
    public Task<ImportDone?> BringBackAsync(Guid userId, Guid datasetId, int signalIndex, Guid importId, CancellationToken ct) =>
        ChangeAsync(userId, datasetId, signalIndex, importId, isThere: false, ct);

    private async Task<ImportDone?> ChangeAsync(Guid userId, Guid datasetId, int signalIndex, Guid importId, bool isThere, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        canvas.MayDraw();
        var turn = await LayerTurn.TakeAsync(db, userId, canvas, time.GetUtcNow(), ct);
        var (first, last) = ImportIds.Range(importId);
        var open = db.Shapes.FromSql($"select * from shapes where id between {first} and {last}").Where(s => s.LayerId == canvas.LayerId);
        if (!await open.AnyAsync(ct))
        {
            return null;
        }

        var waiting = await open.CountAsync(s => (s.DeletedAt == null) == isThere, ct);
        var (before, now) = (turn.Layer.Sequence, time.GetUtcNow());
        var deletedAt = isThere ? now : (DateTimeOffset?)null;
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            with chosen as (
                select id, row_number() over (order by id) as n from shapes
                where id between {first} and {last} and layer_id = {canvas.LayerId} and (deleted_at is null) = {isThere} and (changed_by = {userId} or ({isThere} and changed_by = created_by)))
            update shapes s set revision = s.revision + 1, sequence = {before} + c.n, changed_by = {userId}, changed_at = {now}, deleted_at = {deletedAt}
            from chosen c where s.id = c.id
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into shape_versions (shape_id, revision, sequence, kind, class_key, label, coordinates, ring_lengths, first_frame, last_frame, confidence, is_deleted, changed_by, changed_at)
            select id, revision, sequence, kind, class_key, label, coordinates, ring_lengths, first_frame, last_frame, confidence, deleted_at is not null, changed_by, changed_at
            from shapes where layer_id = {canvas.LayerId} and sequence > {before}
            """,
            ct);
        turn.Layer.Sequence += changed;
        await turn.CommitAsync(news, ct);
        return new(importId, changed, waiting - changed, []);
    }

    private static IAsyncEnumerable<Shape> On(CryoHubDb db, Canvas canvas) =>
        db.Shapes.AsNoTracking().Where(s => s.LayerId == canvas.LayerId && s.DeletedAt == null).AsAsyncEnumerable();

    private AnnotationClass New(ClassRow row, Guid projectId, Guid userId) => new()
    {
        Id = Guid.CreateVersion7(),
        ProjectId = projectId,
        Key = row.Key,
        Name = row.Name,
        Colour = row.Colour,
        CreatedBy = userId,
        CreatedAt = time.GetUtcNow(),
    };
}

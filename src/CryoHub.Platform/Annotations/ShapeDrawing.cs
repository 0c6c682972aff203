using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>
/// Every change of shapes. One change of a layer at a time takes the next number; an edit names the revision it saw and is refused if there is a newer one; what is sent
/// twice happens once. Undoing is going back to the state before, with the revision one's own change has made: after somebody else's change it is refused.
/// </summary>
public sealed class ShapeDrawing(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    /// <summary>Shapes of one request.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>The ids in the order given; <c>null</c> where the signal cannot be seen. All or nothing.</summary>
    /// <exception cref="ProblemException">Invalid, Forbidden or Conflict, with the reason.</exception>
    public async Task<IReadOnlyList<Guid>?> DrawAsync(Guid userId, Guid datasetId, int signalIndex, IReadOnlyList<ShapeText> texts, CancellationToken ct)
    {
        if (texts.Count is 0 or > MostAtOnce)
        {
            throw ProblemException.Invalid($"{texts.Count:N0} shapes at once; 1 to {MostAtOnce:N0} are possible.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return null;
        }

        canvas.MayDraw();
        var classes = await Vocabulary.LoadAsync(db, canvas.ProjectId, ct);
        foreach (var text in texts)
        {
            ShapeState.Check(text, canvas, classes);
        }

        var turn = await LayerTurn.TakeAsync(db, userId, canvas, time.GetUtcNow(), ct);
        var wanted = texts.Where(t => t.Id is not null).Select(t => t.Id!.Value).ToList();
        var known = await db.Shapes.Where(s => wanted.Contains(s.Id)).Select(s => new { s.Id, s.LayerId, s.CreatedBy }).ToDictionaryAsync(s => s.Id, ct);
        if (known.Values.Any(s => s.LayerId != turn.Layer.Id || s.CreatedBy != userId) || wanted.Distinct().Count() < wanted.Count)
        {
            throw new ProblemException(ProblemKind.Conflict, "Another shape has this id.");
        }

        var ids = new List<Guid>();
        foreach (var text in texts)
        {
            var id = text.Id ?? Guid.CreateVersion7();
            ids.Add(id);
            if (!known.ContainsKey(id))
            {
                turn.Add(id, text);
            }
        }

        await turn.CommitAsync(news, ct);
        return ids;
    }

    public Task<Change> EditAsync(Guid userId, Guid shapeId, ShapeText text, uint revision, CancellationToken ct) => ChangeAsync(
        userId, shapeId, revision, (_, shape) => Task.FromResult(shape.DeletedAt is null && shape.Is(text)),
        (_, shape) =>
        {
            shape.Set(text);
            return Task.CompletedTask;
        },
        text, ct);

    public Task<Change> TakeAwayAsync(Guid userId, Guid shapeId, uint revision, CancellationToken ct) => ChangeAsync(
        userId, shapeId, revision, (_, shape) => Task.FromResult(shape.DeletedAt is not null),
        (_, shape) =>
        {
            shape.DeletedAt = time.GetUtcNow();
            return Task.CompletedTask;
        },
        null, ct);

    /// <summary>Makes an earlier state, also of a shape that was taken away, the newest.</summary>
    public Task<Change> GoBackAsync(Guid userId, Guid shapeId, int earlier, uint revision, CancellationToken ct) => ChangeAsync(
        userId, shapeId, revision, (_, _) => Task.FromResult(false),
        async (db, shape) =>
        {
            var state = await db.ShapeVersions.AsNoTracking().SingleOrDefaultAsync(v => v.ShapeId == shapeId && v.Revision == earlier, ct)
                ?? throw ProblemException.Invalid($"The shape has revisions 1 to {shape.Revision}; there is no {earlier}.");
            shape.Set(state);
            shape.DeletedAt = state.IsDeleted ? time.GetUtcNow() : null;
        },
        null, ct);

    private async Task<Change> ChangeAsync(
        Guid userId, Guid shapeId, uint revision, Func<CryoHubDb, Shape, Task<bool>> isThere, Func<CryoHubDb, Shape, Task> change, ShapeText? text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var place = await db.Shapes.Where(s => s.Id == shapeId).Select(s => new { s.Layer.DatasetId, s.Layer.SignalIndex }).SingleOrDefaultAsync(ct);
        if (place is null || await Canvas.FindAsync(db, userId, place.DatasetId, place.SignalIndex, ct) is not { } canvas)
        {
            return Change.Absent;
        }

        if (canvas.Role < ProjectRole.Annotator)
        {
            return Change.Forbidden;
        }

        if (text is not null)
        {
            ShapeState.Check(text, canvas, await Vocabulary.LoadAsync(db, canvas.ProjectId, ct));
        }

        var turn = await LayerTurn.TakeAsync(db, userId, canvas, time.GetUtcNow(), ct);
        var shape = await db.Shapes.SingleAsync(s => s.Id == shapeId, ct);
        if (shape.Revision != revision)
        {
            return shape.Revision == revision + 1 && shape.ChangedBy == userId && await isThere(db, shape) ? Change.Done : Change.Conflict;
        }

        await change(db, shape);
        turn.Count(shape);
        await turn.CommitAsync(news, ct);
        return Change.Done;
    }
}

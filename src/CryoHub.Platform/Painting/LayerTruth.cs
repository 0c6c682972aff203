using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Painting;

/// <summary>Marks painted layers as ground truth: what others are measured by. Managers of the project decide, and a marked layer stays as it is.</summary>
public sealed class LayerTruth(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    /// <summary>Doing it twice changes nothing; the first mark counts.</summary>
    /// <exception cref="ProblemException">Conflict: somebody is still at work on the layer.</exception>
    public Task<Change> MarkAsync(Guid userId, Guid layerId, CancellationToken ct) => ChangeAsync(
        userId, layerId,
        async (db, layer) =>
        {
            await ReviewLayers.RequireHandedInAsync(db, layerId, ct);
            if (layer.TruthAt is null)
            {
                (layer.TruthAt, layer.TruthBy) = (time.GetUtcNow(), userId);
            }
        },
        ct);

    /// <summary>Takes the mark away, so the layer can be painted on again.</summary>
    public Task<Change> UnmarkAsync(Guid userId, Guid layerId, CancellationToken ct) => ChangeAsync(
        userId, layerId,
        (_, layer) =>
        {
            (layer.TruthAt, layer.TruthBy) = (null, null);
            return Task.CompletedTask;
        },
        ct);

    private async Task<Change> ChangeAsync(Guid userId, Guid layerId, Func<CryoHubDb, PaintLayer, Task> change, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await PaintPlace.FindAsync(db, userId, layerId, ct) is not { } place)
        {
            return Change.Absent;
        }

        if (place.Canvas.Role < ProjectRole.Manager)
        {
            return Change.Forbidden;
        }

        await LayerLocks.RequireAsync(db, userId, place.Canvas.LayerId, time.GetUtcNow(), ct);
        var layer = (await db.PaintLayers.FromSql($"select * from paint_layers where id = {layerId} for update").ToListAsync(ct)).Single();
        await change(db, layer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await news.PublishAsync(new PaintChanged(place.Canvas.LayerId, layerId, layer.Sequence), ct);
        return Change.Done;
    }
}

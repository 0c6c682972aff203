using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>A layer for one person alone, as long as they show signs of life.</summary>
public sealed class LayerLocks(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    public static TimeSpan Lasts { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lock or prolongs one's own. <c>false</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; or Conflict, with who holds it.</exception>
    public Task<bool> HoldAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct) => SetAsync(userId, datasetId, signalIndex, holds: true, ct);

    public Task<bool> LetGoAsync(Guid userId, Guid datasetId, int signalIndex, CancellationToken ct) => SetAsync(userId, datasetId, signalIndex, holds: false, ct);

    internal static Task EnsureAsync(CryoHubDb db, Canvas canvas, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"insert into annotation_layers (id, project_id, dataset_id, signal_index, sequence) values ({canvas.LayerId}, {canvas.ProjectId}, {canvas.DatasetId}, {canvas.SignalIndex}, 0) on conflict do nothing", ct);

    /// <exception cref="ProblemException">Conflict: somebody else alone may change this layer now.</exception>
    internal static async Task RequireAsync(CryoHubDb db, Guid userId, Guid layerId, DateTimeOffset now, CancellationToken ct)
    {
        var holder = await db.AnnotationLayers.Where(l => l.Id == layerId && l.LockedBy != null && l.LockedBy != userId && l.LockedUntil > now)
            .Select(l => db.Users.Where(u => u.Id == l.LockedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "").FirstOrDefaultAsync(ct);
        if (holder is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{holder} has locked this layer; the lock ends when they let go, or {(int)Lasts.TotalSeconds} s after their last sign of life.");
        }
    }

    private async Task<bool> SetAsync(Guid userId, Guid datasetId, int signalIndex, bool holds, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Canvas.FindAsync(db, userId, datasetId, signalIndex, ct) is not { } canvas)
        {
            return false;
        }

        canvas.MayDraw();
        await EnsureAsync(db, canvas, ct);
        var (now, until, by) = (time.GetUtcNow(), holds ? time.GetUtcNow() + Lasts : (DateTimeOffset?)null, holds ? userId : (Guid?)null);
        var set = await db.AnnotationLayers.Where(l => l.Id == canvas.LayerId && (l.LockedBy == null || l.LockedBy == userId || l.LockedUntil <= now))
            .ExecuteUpdateAsync(row => row.SetProperty(l => l.LockedBy, by).SetProperty(l => l.LockedUntil, until), ct);
        var layer = await db.AnnotationLayers.Where(l => l.Id == canvas.LayerId)
            .Select(l => new { l.Sequence, Holder = db.Users.Where(u => u.Id == l.LockedBy).Select(u => u.DisplayName).FirstOrDefault() }).SingleAsync(ct);
        if (set == 0)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{layer.Holder} has locked this layer.");
        }

        await news.PublishAsync(new AnnotationChanged(canvas.LayerId, layer.Sequence), ct);
        return true;
    }
}

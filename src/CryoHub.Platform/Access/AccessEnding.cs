using CryoHub.Platform.Messages;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Access;

/// <summary>Follows up on a right that ended: uploads that are no longer allowed stop, then everybody who keeps something open for the person hears it.</summary>
public sealed class AccessEnding(IDbContextFactory<CryoHubDb> dbs, INews news)
{
    public async Task AnnounceAsync(IReadOnlyList<Guid> userIds, Guid? projectId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await db.Uploads
            .Where(u => userIds.Contains(u.UserId) && u.Status == UploadStatus.Open)
            .Where(u => !u.Dataset.Project.Access.Any(a => a.UserId == u.UserId && a.Role >= ProjectRole.Editor))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Status, UploadStatus.Aborted), ct);
        foreach (var userId in userIds)
        {
            await news.PublishAsync(new AccessChanged(userId, projectId), ct);
        }
    }
}

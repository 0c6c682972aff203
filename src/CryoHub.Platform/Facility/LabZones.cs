using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Which zone a lab's calendar is shown in.</summary>
public sealed class LabZones(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>By managers. Nothing that is booked moves: only the clock beside it.</summary>
    public async Task<Change> SetAsync(Guid userId, Guid labId, string zone, CancellationToken ct)
    {
        var name = LabZone.Of(zone).Name;
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return Change.Absent;
            case < LabRole.Manager:
                return Change.Forbidden;
        }

        await db.Labs.Where(l => l.Id == labId).ExecuteUpdateAsync(set => set.SetProperty(l => l.TimeZone, name), ct);
        return Change.Done;
    }
}

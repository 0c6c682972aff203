using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labs;

/// <summary>How many bytes of originals labs and projects may hold. What lies in the trash still counts: it is still stored.</summary>
public sealed class Quotas(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>All labs with their storage, for administrators.</summary>
    public async Task<Page<LabUsage>> ListAsync(Guid administratorId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(administratorId, ct);
        return await db.Labs.Where(_ => db.Users.Any(u => u.Id == administratorId && u.IsAdministrator)).OrderBy(l => l.Name).ThenBy(l => l.Id)
            .Select(l => new LabUsage(
                l.Id, l.Name, l.Memberships.Count, l.QuotaBytes, db.Datasets.Where(d => d.Project.LabId == l.Id).Sum(d => d.SizeBytes)))
            .ToPageAsync(page, ct);
    }

    public async Task<Change> SetForLabAsync(Guid administratorId, Guid labId, long? bytes, CancellationToken ct)
    {
        var quota = Required.Quota(bytes);
        await using var db = await dbs.ForAsync(administratorId, ct);
        if (!await db.Users.AnyAsync(u => u.Id == administratorId && u.IsAdministrator, ct))
        {
            return Change.Forbidden;
        }

        var changed = await db.Labs.Where(l => l.Id == labId).ExecuteUpdateAsync(set => set.SetProperty(l => l.QuotaBytes, quota), ct);
        return changed == 1 ? Change.Done : Change.Absent;
    }

    /// <summary>
    /// Refuses what does not fit. Call it in the transaction that adds the bytes: where there is a limit it holds the lab's row until the transaction ends, so that two people
    /// cannot both take the last place. Without one nobody waits for anybody; bytes on their way while a limit is set are asked for again when they have come.
    /// </summary>
    public static async Task EnsureRoomAsync(CryoHubDb db, Guid projectId, long bytes, CancellationToken ct)
    {
        if (await db.Projects.AnyAsync(p => p.Id == projectId && p.QuotaBytes == null && p.Lab.QuotaBytes == null, ct))
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"select 1 from labs where id = (select lab_id from projects where id = {projectId}) for update", ct);
        var room = await db.Projects.Where(p => p.Id == projectId)
            .Select(p => new
            {
                ProjectQuota = p.QuotaBytes,
                LabQuota = p.Lab.QuotaBytes,
                ProjectUsed = p.QuotaBytes == null ? 0 : db.Datasets.Where(d => d.ProjectId == projectId).Sum(d => d.SizeBytes),
                LabUsed = p.Lab.QuotaBytes == null ? 0 : db.Datasets.Where(d => d.Project.LabId == p.LabId).Sum(d => d.SizeBytes),
            })
            .SingleAsync(ct);
        Check("project", room.ProjectQuota, room.ProjectUsed, bytes);
        Check("lab", room.LabQuota, room.LabUsed, bytes);
    }

    private static void Check(string whose, long? quota, long used, long bytes)
    {
        if (quota is { } limit && used + bytes > limit)
        {
            throw new ProblemException(
                ProblemKind.Conflict, $"The {whose}'s quota is {limit} bytes, {used} are used: {bytes} more do not fit ({used + bytes - limit} too many).");
        }
    }
}

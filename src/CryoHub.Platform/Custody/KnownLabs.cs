using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>The labs that a person already knows: the own ones, and those with which projects are shared in either direction. Nobody can ask which others there are.</summary>
public sealed class KnownLabs(IDbContextFactory<CryoHubDb> dbs)
{
    public async Task<IReadOnlyList<KnownLab>> ListAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Of(db, userId).OrderByDescending(lab => lab.Memberships.Any(m => m.UserId == userId)).ThenBy(lab => lab.Name).ThenBy(lab => lab.Id).Take(500)
            .Select(lab => new KnownLab(lab.Id, lab.Name, lab.Memberships.Any(m => m.UserId == userId))).ToListAsync(ct);
    }

    internal static IQueryable<Lab> Of(CryoHubDb db, Guid userId) => db.Labs
        .Where(lab => lab.Memberships.Any(m => m.UserId == userId)
            || db.ProjectShares.Any(share => share.LabId == lab.Id && share.Project.DeletedAt == null && share.Project.Lab.Memberships.Any(m => m.UserId == userId))
            || db.Projects.Any(project => project.LabId == lab.Id && project.DeletedAt == null && project.Access.Any(a => a.UserId == userId)));
}

using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labs;

/// <summary>Labs as their members see them. Anybody who may sign in may found one and then owns it.</summary>
public sealed class LabDirectory(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    public async Task<Page<LabRow>> ListAsync(Guid userId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Memberships.Where(m => m.UserId == userId).OrderBy(m => m.Lab.Name).ThenBy(m => m.LabId)
            .Select(m => new LabRow(
                m.LabId, m.Lab.Name, m.Role, m.Lab.Memberships.Count, db.Projects.Count(p => p.LabId == m.LabId && p.DeletedAt == null)))
            .ToPageAsync(page, ct);
    }

    public async Task<LabDetails?> FindAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Memberships.Where(m => m.UserId == userId && m.LabId == labId)
            .Select(m => new LabDetails(
                m.LabId, m.Lab.Name, m.Role, m.Lab.QuotaBytes, db.Datasets.Where(d => d.Project.LabId == labId).Sum(d => d.SizeBytes), m.Lab.TimeZone, m.Lab.Version))
            .SingleOrDefaultAsync(ct);
    }

    public async Task<Page<MemberRow>?> MembersAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await RoleAsync(db, userId, labId, ct) is not { } role)
        {
            return null;
        }

        var manages = role >= LabRole.Manager;
        return await db.Memberships.Where(m => m.LabId == labId).OrderByDescending(m => m.Role).ThenBy(m => m.User.DisplayName).ThenBy(m => m.UserId)
            .Select(m => new MemberRow(m.UserId, m.User.DisplayName, manages ? m.User.Email! : "", m.Role, m.Since)).ToPageAsync(page, ct);
    }

    public async Task<Guid> CreateAsync(Guid userId, string name, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var lab = new Lab { Id = Guid.CreateVersion7(), Name = Required.Name(name), CreatedAt = time.GetUtcNow() };
        db.Add(lab);
        db.Add(new Membership { LabId = lab.Id, UserId = userId, Role = LabRole.Owner, Since = time.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        return lab.Id;
    }

    public async Task<Change> RenameAsync(Guid userId, Guid labId, string name, uint version, CancellationToken ct)
    {
        var trimmed = Required.Name(name);
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await RoleAsync(db, userId, labId, ct))
        {
            case null:
                return Change.Absent;
            case < LabRole.Manager:
                return Change.Forbidden;
        }

        var renamed = await db.Labs.Where(l => l.Id == labId && l.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Name, trimmed), ct);
        return renamed == 1 ? Change.Done : Change.Conflict;
    }

    /// <summary>False where the lab cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden, in the given words: the person sees the lab and does not manage it.</exception>
    internal static async Task<bool> IsManagedByAsync(CryoHubDb db, Guid userId, Guid labId, string refusal, CancellationToken ct) =>
        await RoleAsync(db, userId, labId, ct) switch
        {
            null => false,
            < LabRole.Manager => throw new ProblemException(ProblemKind.Forbidden, refusal),
            _ => true,
        };

    internal static async Task<LabRole?> RoleAsync(CryoHubDb db, Guid userId, Guid labId, CancellationToken ct) =>
        await db.Memberships.Where(m => m.UserId == userId && m.LabId == labId).Select(m => (LabRole?)m.Role).SingleOrDefaultAsync(ct);
}

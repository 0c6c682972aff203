using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labs;

/// <summary>Where the holder of a code comes in.</summary>
public sealed class InvitationDesk(IDbContextFactory<CryoHubDb> dbs, AccessEnding access, TimeProvider time)
{
    public async Task<InvitationPreview?> FindAsync(string code, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var hash = SecretCode.Hash(code);
        return await db.OpenInvitationsAt(time.GetUtcNow()).Where(i => i.CodeHash == hash)
            .Select(i => new InvitationPreview(
                i.LabId != null ? i.Lab!.Name : i.Project!.Name, i.Email, i.Role, i.ShareAs, db.Users.Any(u => u.NormalizedEmail == i.Email.ToUpper())))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Makes the person a member, or shares the project; <c>false</c> where the code is unknown, used, expired or meant for another address, or its sender may not invite any more.</summary>
    /// <param name="forLab">A lab that the person manages and that a project is taken for, so that all its members see it; <c>null</c> for the person alone.</param>
    public async Task<bool> AcceptAsync(Guid userId, string code, Guid? forLab, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hash = SecretCode.Hash(code);
        var now = time.GetUtcNow();
        var taken = await db.OpenInvitationsAt(now).Where(i => i.CodeHash == hash && db.Users.Any(u => u.Id == userId && u.NormalizedEmail == i.Email.ToUpper()))
            .Where(i => forLab == null || (i.ProjectId != null && i.Project!.LabId != forLab && db.Memberships.Any(m => m.LabId == forLab && m.UserId == userId && m.Role >= LabRole.Manager)))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), ct);
        if (taken == 0)
        {
            return false;
        }

        var invitation = await db.Invitations.AsNoTracking().SingleAsync(i => i.CodeHash == hash, ct);
        await (invitation.LabId is { } labId
            ? JoinAsync(db, userId, labId, invitation.Role!.Value, ct)
            : ShareAsync(db, forLab is null ? userId : null, forLab, invitation.ProjectId!.Value, invitation.ShareAs!.Value, ct));
        await db.SaveChangesAsync(ct);
        var people = forLab is null ? [userId] : await db.Memberships.Where(m => m.LabId == forLab).Select(m => m.UserId).ToListAsync(ct);
        await transaction.CommitAsync(ct);
        await access.AnnounceAsync(people, invitation.ProjectId, ct);
        return true;
    }

    private async Task JoinAsync(CryoHubDb db, Guid userId, Guid labId, LabRole role, CancellationToken ct)
    {
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.LabId == labId && m.UserId == userId, ct);
        if (membership is null)
        {
            db.Add(new Membership { LabId = labId, UserId = userId, Role = role, Since = time.GetUtcNow() });
        }
        else if (membership.Role < role)
        {
            membership.Role = role;
        }
    }

    private async Task ShareAsync(CryoHubDb db, Guid? userId, Guid? labId, Guid projectId, ProjectRole role, CancellationToken ct)
    {
        if (await db.ProjectShares.SingleOrDefaultAsync(s => s.ProjectId == projectId && s.UserId == userId && s.LabId == labId, ct) is { } known)
        {
            known.Role = role;
        }
        else
        {
            db.Add(new ProjectShare { Id = Guid.CreateVersion7(), ProjectId = projectId, UserId = userId, LabId = labId, Role = role, CreatedAt = time.GetUtcNow() });
        }
    }
}

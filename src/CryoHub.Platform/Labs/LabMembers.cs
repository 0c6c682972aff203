using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labs;

/// <summary>
/// Who is what in a lab. Managers handle viewers, members and managers; only owners make or unmake owners; a lab keeps at least one owner;
/// everybody may leave.
/// </summary>
public sealed class LabMembers(IDbContextFactory<CryoHubDb> dbs, AccessEnding ending)
{
    public Task<Change> SetRoleAsync(Guid userId, Guid labId, Guid memberId, LabRole role, CancellationToken ct) =>
        ChangeAsync(userId, labId, memberId, role, ct);

    /// <summary>Takes a person out of the lab; a person may always take out themselves.</summary>
    public Task<Change> RemoveAsync(Guid userId, Guid labId, Guid memberId, CancellationToken ct) =>
        ChangeAsync(userId, labId, memberId, null, ct);

    private async Task<Change> ChangeAsync(Guid userId, Guid labId, Guid memberId, LabRole? role, CancellationToken ct)
    {
        if (role is { } wanted && !Enum.IsDefined(wanted))
        {
            throw new ProblemException(ProblemKind.Invalid, $"There is no role {(int)wanted} in a lab.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // The lab's row is the lock: two owners who leave at the same moment must not both find the other one.
        await db.Database.ExecuteSqlAsync($"select 1 from labs where id = {labId} for update", ct);
        if (await LabDirectory.RoleAsync(db, userId, labId, ct) is not { } mine)
        {
            return Change.Absent;
        }

        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.LabId == labId && m.UserId == memberId, ct);
        if (membership is null)
        {
            return Change.Absent;
        }

        var leaves = role is null && memberId == userId;
        var touchesOwner = membership.Role == LabRole.Owner || role == LabRole.Owner;
        if (!leaves && (mine < LabRole.Manager || (touchesOwner && mine < LabRole.Owner)))
        {
            return Change.Forbidden;
        }

        if (membership.Role == LabRole.Owner && role != LabRole.Owner
            && !await db.Memberships.AnyAsync(m => m.LabId == labId && m.UserId != memberId && m.Role == LabRole.Owner, ct))
        {
            throw new ProblemException(ProblemKind.Conflict, "A lab needs an owner, and this is the only one. Make somebody else an owner first.");
        }

        if (role is { } next)
        {
            membership.Role = next;
        }
        else
        {
            db.Remove(membership);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await ending.AnnounceAsync([memberId], null, ct);
        return Change.Done;
    }
}

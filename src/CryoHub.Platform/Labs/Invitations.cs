using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Labs;

/// <summary>Invites people into a lab by mail.</summary>
public sealed class Invitations(IDbContextFactory<CryoHubDb> dbs, InvitationPost post, TimeProvider time)
{
    public async Task<Page<InvitationRow>?> ListAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) >= LabRole.Manager
            ? await db.OpenInvitationsAt(time.GetUtcNow()).Where(i => i.LabId == labId).OrderByDescending(i => i.CreatedAt)
                .Select(i => new InvitationRow(i.Id, i.Email, i.Role!.Value, i.CreatedAt, i.ExpiresAt)).ToPageAsync(page, ct)
            : null;
    }

    public async Task<Change> CreateAsync(Guid userId, Guid labId, string email, LabRole role, CancellationToken ct)
    {
        var address = Required.Email(email);
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return Change.Absent;
            case var mine when mine < LabRole.Manager || role > mine || !Enum.IsDefined(role):
                return Change.Forbidden;
        }

        await post.ToLabAsync(db, userId, await db.Labs.AsNoTracking().SingleAsync(l => l.Id == labId, ct), role, address, ct);
        return Change.Done;
    }

    public async Task<Change> WithdrawAsync(Guid userId, Guid labId, Guid invitationId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return Change.Absent;
            case < LabRole.Manager:
                return Change.Forbidden;
        }

        return await db.Invitations.Where(i => i.Id == invitationId && i.LabId == labId).ExecuteDeleteAsync(ct) == 1 ? Change.Done : Change.Absent;
    }
}

using CryoHub.Platform.Audit;
using CryoHub.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Labs;

/// <summary>Invites people into a lab by mail. A code works once, for 14 days, for the invited address only.</summary>
public sealed class Invitations(IDbContextFactory<CryoHubDb> dbs, IMailbox mailbox, IOptions<SiteOptions> site, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);

    public async Task<Page<InvitationRow>?> ListAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) >= LabRole.Manager
            ? await Open(db).Where(i => i.LabId == labId).OrderByDescending(i => i.CreatedAt)
                .Select(i => new InvitationRow(i.Id, i.Email, i.Role, i.CreatedAt, i.ExpiresAt)).ToPageAsync(page, ct)
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

        var code = SecretCode.New();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(),
            LabId = labId,
            Email = address,
            Role = role,
            CodeHash = SecretCode.Hash(code),
            InvitedBy = userId,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + Life,
        };
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        var lab = await db.Labs.Where(l => l.Id == labId).Select(l => l.Name).SingleAsync(ct);
        var link = new Uri(site.Value.PublicUrl, $"account/invitation?code={code}");
        await mailbox.SendAsync(
            new Letter(address, $"Invitation to the lab {lab}", $"You are invited to the lab “{lab}” on CryoHub. This link works once, until {invitation.ExpiresAt:yyyy-MM-dd}:\n\n{link}"), ct);
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

    public async Task<InvitationPreview?> FindAsync(string code, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var hash = SecretCode.Hash(code);
        return await Open(db).Where(i => i.CodeHash == hash)
            .Select(i => new InvitationPreview(i.Lab.Name, i.Email, i.Role, db.Users.Any(u => u.NormalizedEmail == i.Email.ToUpper()))).SingleOrDefaultAsync(ct);
    }

    /// <summary>Makes the person a member; <c>false</c> where the code is unknown, used, expired or meant for another address.</summary>
    public async Task<bool> AcceptAsync(Guid userId, string code, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hash = SecretCode.Hash(code);
        var now = time.GetUtcNow();
        var taken = await Open(db).Where(i => i.CodeHash == hash && db.Users.Any(u => u.Id == userId && u.NormalizedEmail == i.Email.ToUpper()))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), ct);
        if (taken == 0)
        {
            return false;
        }

        var invitation = await db.Invitations.AsNoTracking().SingleAsync(i => i.CodeHash == hash, ct);
        var membership = await db.Memberships.SingleOrDefaultAsync(m => m.LabId == invitation.LabId && m.UserId == userId, ct);
        if (membership is null)
        {
            db.Add(new Membership { LabId = invitation.LabId, UserId = userId, Role = invitation.Role, Since = now });
        }
        else if (membership.Role < invitation.Role)
        {
            membership.Role = invitation.Role;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private IQueryable<Invitation> Open(CryoHubDb db)
    {
        var now = time.GetUtcNow();
        return db.Invitations.Where(i => i.AcceptedAt == null && i.ExpiresAt > now);
    }
}

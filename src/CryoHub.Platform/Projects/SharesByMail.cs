using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Projects;

/// <summary>Shares a project with a mail address. The answer is the same whether or not the address has an account: a letter goes out, and a share comes of it when it is accepted.</summary>
public sealed class SharesByMail(IDbContextFactory<CryoHubDb> dbs, InvitationPost post, TimeProvider time)
{
    /// <summary>For the project's managers; others are told there is nothing.</summary>
    public async Task<Page<SharedByMailRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.WithRole(userId, ProjectRole.Manager).AnyAsync(p => p.Id == projectId, ct)
            ? await db.OpenInvitationsAt(time.GetUtcNow()).Where(i => i.ProjectId == projectId).OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id)
                .Select(i => new SharedByMailRow(i.Id, i.Email, i.ShareAs!.Value, i.CreatedAt, i.ExpiresAt)).ToPageAsync(page, ct)
            : null;
    }

    public async Task<Change> ShareAsync(Guid userId, Guid projectId, string email, ProjectRole role, CancellationToken ct)
    {
        var address = Required.Email(email);
        ProjectShares.RequireShareable(role);
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Projects.WithRole(userId, ProjectRole.Manager).Where(p => p.Id == projectId).Select(p => p.Name).SingleOrDefaultAsync(ct) is not { } name)
        {
            return await db.Projects.WhyNotAsync(userId, projectId, ct, ProjectRole.Manager);
        }

        await post.ToProjectAsync(db, userId, projectId, name, role, address, ct);
        return Change.Done;
    }

    public async Task<Change> WithdrawAsync(Guid userId, Guid projectId, Guid invitationId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.WithRole(userId, ProjectRole.Manager).AnyAsync(p => p.Id == projectId, ct))
        {
            return await db.Projects.WhyNotAsync(userId, projectId, ct, ProjectRole.Manager);
        }

        return await db.Invitations.Where(i => i.Id == invitationId && i.ProjectId == projectId).ExecuteDeleteAsync(ct) == 1 ? Change.Done : Change.Absent;
    }
}

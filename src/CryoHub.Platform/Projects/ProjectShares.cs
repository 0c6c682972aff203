using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Projects;

/// <summary>With which labs and persons a project is shared; the lab's managers decide. A person comes in through <see cref="SharesByMail"/>.</summary>
public sealed class ProjectShares(IDbContextFactory<CryoHubDb> dbs, AccessEnding ending, TimeProvider time)
{
    public async Task<Page<ShareRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct)
            ? await db.ProjectShares.Where(s => s.ProjectId == projectId).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id)
                .Select(s => new ShareRow(s.Id, s.LabId, s.UserId, s.Lab != null ? s.Lab.Name : s.User!.DisplayName, s.Role, s.CreatedAt))
                .ToPageAsync(page, ct)
            : null;
    }

    /// <summary>Sharing again changes the role.</summary>
    public async Task<Change> ShareAsync(Guid userId, Guid projectId, Guid labId, ProjectRole role, CancellationToken ct)
    {
        RequireShareable(role);
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.WithRole(userId, ProjectRole.Manager).AnyAsync(p => p.Id == projectId, ct))
        {
            return await db.Projects.WhyNotAsync(userId, projectId, ct, ProjectRole.Manager);
        }

        if (!await db.Labs.AnyAsync(l => l.Id == labId, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "There is no lab with this id.");
        }

        var share = await db.ProjectShares.SingleOrDefaultAsync(s => s.ProjectId == projectId && s.LabId == labId, ct);
        if (share is null)
        {
            db.Add(new ProjectShare
            {
                Id = Guid.CreateVersion7(),
                ProjectId = projectId,
                LabId = labId,
                Role = role,
                CreatedAt = time.GetUtcNow(),
            });
        }
        else
        {
            share.Role = role;
        }

        await db.SaveChangesAsync(ct);
        await AnnounceAsync(db, projectId, labId, null, ct);
        return Change.Done;
    }

    public async Task<Change> UnshareAsync(Guid userId, Guid projectId, Guid shareId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.WithRole(userId, ProjectRole.Manager).AnyAsync(p => p.Id == projectId, ct))
        {
            return await db.Projects.WhyNotAsync(userId, projectId, ct, ProjectRole.Manager);
        }

        var share = await db.ProjectShares.SingleOrDefaultAsync(s => s.Id == shareId && s.ProjectId == projectId, ct);
        if (share is null)
        {
            return Change.Absent;
        }

        db.Remove(share);
        await db.SaveChangesAsync(ct);
        await AnnounceAsync(db, projectId, share.LabId, share.UserId, ct);
        return Change.Done;
    }

    internal static void RequireShareable(ProjectRole role)
    {
        if (role is < ProjectRole.Viewer or > ProjectRole.Editor)
        {
            throw new ProblemException(ProblemKind.Invalid, "A project is shared as viewer, annotator or editor.");
        }
    }

    private async Task AnnounceAsync(CryoHubDb db, Guid projectId, Guid? labId, Guid? personId, CancellationToken ct)
    {
        var people = personId is { } person ? [person] : await db.Memberships.Where(m => m.LabId == labId).Select(m => m.UserId).ToListAsync(ct);
        await ending.AnnounceAsync(people, projectId, ct);
    }
}

using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Projects;

/// <summary>Projects: members of a lab found them, editors change names and notes, managers set the quota.</summary>
public sealed class ProjectDirectory(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    public async Task<Page<ProjectRow>> ListAsync(Guid userId, Guid? labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).Where(p => labId == null || p.LabId == labId).OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new ProjectRow(
                p.Id, p.Name, p.LabId, p.Lab.Name, p.Access.First(a => a.UserId == userId).Role,
                db.Datasets.Count(d => d.ProjectId == p.Id && d.DeletedAt == null && d.ResultId == null && d.Status != DatasetStatus.Receiving), db.Datasets.Where(d => d.ProjectId == p.Id).Sum(d => d.SizeBytes), p.CreatedAt))
            .ToPageAsync(page, ct);
    }

    public async Task<ProjectDetails?> FindAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).Where(p => p.Id == projectId)
            .Select(p => new ProjectDetails(
                p.Id, p.Name, p.Notes, p.LabId, p.Lab.Name, p.Access.First(a => a.UserId == userId).Role, p.QuotaBytes,
                db.Datasets.Where(d => d.ProjectId == p.Id).Sum(d => d.SizeBytes), p.Lab.QuotaBytes,
                db.Samples.Count(s => s.ProjectId == p.Id && s.DeletedAt == null), db.Sessions.Count(s => s.ProjectId == p.Id && s.DeletedAt == null),
                db.Datasets.Count(d => d.ProjectId == p.Id && d.DeletedAt == null && d.ResultId == null && d.Status != DatasetStatus.Receiving), p.CreatedAt, p.Version))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>The new project's id; <c>null</c> where the person is not in the lab.</summary>
    public async Task<Guid?> CreateAsync(Guid userId, Guid labId, string name, string? notes, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return null;
            case LabRole.Viewer:
                throw new ProblemException(ProblemKind.Forbidden, "Viewers of a lab cannot found projects in it.");
        }

        var project = new Project
        {
            Id = Guid.CreateVersion7(),
            LabId = labId,
            Name = Required.Name(name),
            Notes = notes ?? "",
            CreatedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(project);
        await db.SaveChangesAsync(ct);
        return project.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid projectId, string name, string? notes, uint version, CancellationToken ct)
    {
        var trimmed = Required.Name(name);
        await using var db = await dbs.ForAsync(userId, ct);
        var edited = await db.Projects.EditableBy(userId).Where(p => p.Id == projectId && p.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, trimmed).SetProperty(p => p.Notes, notes ?? ""), ct);
        return edited == 1 ? Change.Done : await db.Projects.WhyNotAsync(userId, projectId, ct);
    }

    public async Task<Change> SetQuotaAsync(Guid userId, Guid projectId, long? bytes, uint version, CancellationToken ct)
    {
        var quota = Required.Quota(bytes);
        await using var db = await dbs.ForAsync(userId, ct);
        var changed = await db.Projects.WithRole(userId, ProjectRole.Manager).Where(p => p.Id == projectId && p.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.QuotaBytes, quota), ct);
        return changed == 1 ? Change.Done : await db.Projects.WhyNotAsync(userId, projectId, ct, ProjectRole.Manager);
    }
}

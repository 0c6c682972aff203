using CryoHub.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Audit;

/// <summary>The history of a record, for those who see the record.</summary>
public sealed class AuditTrail(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Newest first; <c>null</c> where the record cannot be seen.</summary>
    public async Task<Page<AuditRow>?> OfAsync(Guid userId, AuditKind kind, Guid id, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var (table, role) = kind switch
        {
            AuditKind.Project => ("projects", await db.Projects.VisibleTo(userId).Where(p => p.Id == id)
                .Select(p => (ProjectRole?)p.Access.First(a => a.UserId == userId).Role).SingleOrDefaultAsync(ct)),
            AuditKind.Sample => ("samples", await RoleAsync(db.Samples, userId, id, ct)),
            AuditKind.Step => ("steps", await RoleAsync(db.Steps, userId, id, ct)),
            AuditKind.Session => ("sessions", await RoleAsync(db.Sessions, userId, id, ct)),
            _ => ("datasets", await RoleAsync(db.Datasets, userId, id, ct)),
        };
        if (role is null)
        {
            return null;
        }

        var manages = role >= ProjectRole.Manager;
        var record = id.ToString();
        var entries = await db.Audit.Where(e => e.TableName == table && e.RecordId == record).OrderByDescending(e => e.Id)
            .Select(e => new
            {
                e.At,
                Who = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault(),
                e.Origin,
                e.Action,
                e.Before,
                e.After,
            })
            .ToPageAsync(page, ct);
        return new Page<AuditRow>(
            [.. entries.Items.Select(e => new AuditRow(e.At, e.Who ?? "", manages ? e.Origin : "", e.Action, e.Before.RootElement, e.After.RootElement))],
            entries.Total, entries.Skip, entries.Take);
    }

    private static async Task<ProjectRole?> RoleAsync<T>(IQueryable<T> rows, Guid userId, Guid id, CancellationToken ct)
        where T : class, IInProject =>
        await rows.VisibleTo(userId).Where(row => row.Id == id)
            .Select(row => (ProjectRole?)row.Project.Access.First(a => a.UserId == userId).Role).SingleOrDefaultAsync(ct);
}

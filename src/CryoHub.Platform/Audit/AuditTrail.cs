using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
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
        var entries = await (kind == AuditKind.Sample ? await OfSampleAsync(db, id, ct) : db.Audit.Where(e => e.TableName == table && e.RecordId == record)).OrderByDescending(e => e.Id)
            .Select(e => new
            {
                e.At,
                Who = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault(),
                e.Origin,
                e.TableName,
                e.Action,
                e.Before,
                e.After,
            })
            .ToPageAsync(page, ct);
        return new Page<AuditRow>(
            [.. entries.Items.Select(e => new AuditRow(e.At, e.Who ?? "", manages ? e.Origin : "", e.TableName, e.Action, e.Before.RootElement, e.After.RootElement))],
            entries.Total, entries.Skip, entries.Take);
    }

    /// <summary>Everything recorded in a lab, newest first, for those who manage it; <c>null</c> where the lab cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden: the person is in the lab and does not manage it.</exception>
    public async Task<Page<LabAuditRow>?> OfLabAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await LabDirectory.IsManagedByAsync(db, userId, labId, "The audit log is for those who manage the lab.", ct))
        {
            return null;
        }

        var rows = await db.AuditLinks.Where(l => l.Chain == labId).OrderByDescending(l => l.Number)
            .Join(db.Audit, l => l.EntryId, e => e.Id, (l, e) => new { l.Number, Entry = e, Who = db.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault() })
            .OrderByDescending(row => row.Number).ToPageAsync(page, ct);
        return new Page<LabAuditRow>(
            [.. rows.Items.Select(r => new LabAuditRow(
                r.Number, r.Entry.At, r.Who ?? "", r.Entry.Origin, r.Entry.TableName, r.Entry.RecordId, r.Entry.Action, r.Entry.Before.RootElement, r.Entry.After.RootElement))],
            rows.Total, rows.Skip, rows.Take);
    }

    /// <summary>The sample's own record, where it was kept, its labels, hand-overs and failures. Ids first: every branch then uses the index of table and record.</summary>
    private static async Task<IQueryable<AuditEntry>> OfSampleAsync(CryoHubDb db, Guid id, CancellationToken ct)
    {
        var record = id.ToString();
        List<string> keepings = [.. (await db.Keepings.Where(k => k.SampleId == id).Select(k => k.Id).ToListAsync(ct)).Select(own => own.ToString())];
        List<string> labels = [.. (await db.Labels.Where(l => l.SampleId == id).Select(l => l.Id).ToListAsync(ct)).Select(own => own.ToString())];
        List<string> handovers = [.. (await db.Handovers.Where(h => h.SampleId == id).Select(h => h.Id).ToListAsync(ct)).Select(own => own.ToString())];
        List<string> failures = [.. (await db.ItemFailures.Where(f => f.SampleId == id).Select(f => f.Id).ToListAsync(ct)).Select(own => own.ToString())];
        List<string> pairs = [.. (await db.SamplePairs.Where(p => p.ControlId == id || p.TreatedId == id).Select(p => p.Id).ToListAsync(ct)).Select(own => own.ToString())];
        return db.Audit.Where(e => (e.TableName == "samples" && e.RecordId == record)
            || (e.TableName == "keepings" && keepings.Contains(e.RecordId)) || (e.TableName == "labels" && labels.Contains(e.RecordId))
            || (e.TableName == "handovers" && handovers.Contains(e.RecordId)) || (e.TableName == "item_failures" && failures.Contains(e.RecordId)) || (e.TableName == "sample_pairs" && pairs.Contains(e.RecordId)));
    }

    private static async Task<ProjectRole?> RoleAsync<T>(IQueryable<T> rows, Guid userId, Guid id, CancellationToken ct)
        where T : class, IInProject =>
        await rows.VisibleTo(userId).Where(row => row.Id == id)
            .Select(row => (ProjectRole?)row.Project.Access.First(a => a.UserId == userId).Role).SingleOrDefaultAsync(ct);
}

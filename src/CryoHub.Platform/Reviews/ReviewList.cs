using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Reviews;

/// <summary>Which review tasks there are, and how far they are.</summary>
public sealed class ReviewList(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>Open ones first, then the newest; <c>null</c> where the project cannot be seen.</summary>
    /// <param name="datasetId">Only of this data set.</param>
    /// <param name="mine">Only those with a part for the person asking.</param>
    public async Task<Page<ReviewRow>?> ListAsync(Guid userId, Guid projectId, Guid? datasetId, bool mine, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return null;
        }

        var tasks = await Visible(db, userId).Where(t => t.ProjectId == projectId && (datasetId == null || t.DatasetId == datasetId) && (!mine || t.Assignments.Any(a => a.UserId == userId)))
            .OrderBy(t => t.ClosedAt != null).ThenByDescending(t => t.CreatedAt).ThenBy(t => t.Id).Select(t => t.Id).ToPageAsync(page, ct);
        var rows = (await RowsAsync(db, userId, tasks.Items, ct)).ToDictionary(row => row.Id);
        return new([.. tasks.Items.Select(id => rows[id])], tasks.Total, tasks.Skip, tasks.Take);
    }

    /// <summary>One task; <c>null</c> where it cannot be seen.</summary>
    public async Task<ReviewRow?> FindAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return (await RowsAsync(db, userId, [id], ct)).SingleOrDefault();
    }

    /// <summary>Who can be given a part in a project: those who may annotate there. Empty where the person asking may not give any.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> PeopleAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.EditableBy(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return [];
        }

        var people = await db.Users.Where(u => db.ProjectAccess.Any(a => a.ProjectId == projectId && a.UserId == u.Id && a.Role >= ProjectRole.Annotator))
            .OrderBy(u => u.DisplayName).ThenBy(u => u.Id).Select(u => new { u.Id, u.DisplayName }).Take(500).ToListAsync(ct);
        return [.. people.Select(u => (u.Id, u.DisplayName))];
    }

    internal static IQueryable<ReviewTask> Visible(CryoHubDb db, Guid userId) => db.ReviewTasks.Where(t => db.Datasets.VisibleTo(userId).Any(d => d.Id == t.DatasetId));

    /// <summary>Tasks that the person gave out, as long as an editor, or of projects that the person manages.</summary>
    internal static IQueryable<ReviewTask> LedBy(CryoHubDb db, Guid userId) => db.ReviewTasks.Where(t => db.Datasets.Any(
        d => d.Id == t.DatasetId && d.DeletedAt == null && d.Project.DeletedAt == null
            && d.Project.Access.Any(a => a.UserId == userId && (a.Role >= ProjectRole.Manager || (a.Role >= ProjectRole.Editor && t.CreatedBy == userId)))));

    private static async Task<IReadOnlyList<ReviewRow>> RowsAsync(CryoHubDb db, Guid userId, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await Visible(db, userId).Where(t => ids.Contains(t.Id)).AsNoTracking().Include(t => t.Assignments).ThenInclude(a => a.Layer).AsSplitQuery()
            .Select(t => new
            {
                Task = t,
                Dataset = t.Dataset.Name,
                By = db.Users.Where(u => u.Id == t.CreatedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                ResultId = db.Results.Where(r => r.JobId == t.ComparisonId).Select(r => (Guid?)r.Id).FirstOrDefault(),
                MayLead = LedBy(db, userId).Any(led => led.Id == t.Id),
                People = t.Assignments.Select(a => new { a.UserId, Name = db.Users.Where(u => u.Id == a.UserId).Select(u => u.DisplayName).FirstOrDefault() ?? "" }).ToList(),
                Ready = db.Datasets.Where(d => t.Assignments.Any(a => a.LabelsId == d.Id) && d.DeletedAt == null && d.Status == DatasetStatus.Ready).Select(d => d.Id).ToList(),
            })
            .ToListAsync(ct);
        return [.. rows.Select(row => RowOf(row.Task, row.Dataset, row.By, row.ResultId, row.MayLead, row.People.ToDictionary(p => p.UserId, p => p.Name), [.. row.Ready], userId))];
    }

    private static ReviewRow RowOf(ReviewTask t, string dataset, string by, Guid? result, bool mayLead, Dictionary<Guid, string> names, HashSet<Guid> ready, Guid reader)
    {
        var isIn = t.Assignments.All(a => a.HandedInAt is not null);
        var state = t.ClosedAt is not null ? ReviewState.Closed : isIn ? ReviewState.Done : ReviewState.Open;
        var layer = t.Assignments[0].Layer;
        var part = new ReviewPart(t.Left, t.Top, t.First, t.Width, t.Height, t.Depth);
        return new(
            t.Id, t.ProjectId, t.DatasetId, dataset, t.SignalIndex, t.Title, t.Instruction, t.IsBlind, part, part == new ReviewPart(0, 0, 0, layer.Width, layer.Height, layer.Depth), t.DueOn, state,
            [
                .. t.Assignments.OrderBy(a => names[a.UserId], StringComparer.CurrentCultureIgnoreCase).Select(a => new ReviewerRow(
                    a.UserId, names[a.UserId], a.HandedInAt, !t.IsBlind || state != ReviewState.Open || a.UserId == reader ? a.LayerId : null, a.LabelsId, ready.Contains(a.LabelsId), a.UserId == reader, a.Layer.TruthAt is not null)),
            ],
            mayLead, t.ComparisonId, result, by, t.CreatedAt);
    }
}

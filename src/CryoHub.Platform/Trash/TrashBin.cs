using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Trash;

/// <summary>Thirty days between throwing away and losing. Editors handle samples, sessions and data sets; managers handle projects.</summary>
public sealed class TrashBin(IDbContextFactory<CryoHubDb> dbs, AccessEnding ending, TimeProvider time)
{
    public static TimeSpan Keeps { get; } = TimeSpan.FromDays(30);

    public async Task<Page<TrashRow>> ListAsync(Guid userId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var since = time.GetUtcNow() - Keeps;
        var projects = Projects(db, userId, ProjectRole.Manager).Where(p => p.DeletedAt > since)
            .Select(p => new { Kind = (int)TrashKind.Project, p.Id, Name = (string)(object)p.Name, ProjectId = p.Id, ProjectName = p.Name, p.DeletedAt });
        var rows = projects
            .Concat(Kept(db.Samples, userId, since).Select(s => new { Kind = (int)TrashKind.Sample, s.Id, Name = (string)(object)s.Name, s.ProjectId, ProjectName = s.Project.Name, s.DeletedAt }))
            .Concat(Kept(db.Sessions, userId, since).Select(s => new { Kind = (int)TrashKind.Session, s.Id, Name = (string)(object)s.Name, s.ProjectId, ProjectName = s.Project.Name, s.DeletedAt }))
            .Concat(Kept(db.Steps, userId, since).Select(s => new { Kind = (int)TrashKind.Step, s.Id, Name = (string)(object)s.Kind, s.ProjectId, ProjectName = s.Project.Name, s.DeletedAt }))
            .Concat(Kept(db.Datasets, userId, since).Select(d => new { Kind = (int)TrashKind.Dataset, d.Id, Name = (string)(object)d.Name, d.ProjectId, ProjectName = d.Project.Name, d.DeletedAt }));
        return await rows.OrderByDescending(r => r.DeletedAt).ThenBy(r => r.Id)
            .Select(r => new TrashRow((TrashKind)r.Kind, r.Id, r.Name, r.ProjectId, r.ProjectName, r.DeletedAt!.Value, r.DeletedAt!.Value + Keeps))
            .ToPageAsync(page, ct);
    }

    public async Task<Change> ThrowAwayAsync(Guid userId, TrashKind kind, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return kind switch
        {
            TrashKind.Project => await ThrowProjectAwayAsync(db, userId, id, ct),
            TrashKind.Sample => await ThrowAwayAsync(db.Samples, userId, id, ct),
            TrashKind.Session => await ThrowAwayAsync(db.Sessions, userId, id, ct),
            TrashKind.Step => await ThrowStepAwayAsync(db, userId, id, ct),
            _ => await ThrowAwayAsync(db.Datasets, userId, id, ct),
        };
    }

    public async Task<Change> RestoreAsync(Guid userId, TrashKind kind, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var since = time.GetUtcNow() - Keeps;
        var restored = kind switch
        {
            TrashKind.Project => await Projects(db, userId, ProjectRole.Manager).Where(p => p.Id == id && p.DeletedAt > since)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DeletedAt, (DateTimeOffset?)null), ct),
            TrashKind.Sample => await RestoreAsync(db.Samples, userId, id, since, ct),
            TrashKind.Session => await RestoreAsync(db.Sessions, userId, id, since, ct),
            TrashKind.Step => await RestoreStepAsync(db, userId, id, since, ct),
            _ => await RestoreAsync(db.Datasets, userId, id, since, ct),
        };
        return restored == 1 ? Change.Done : Change.Absent;
    }

    private static IQueryable<Project> Projects(CryoHubDb db, Guid userId, ProjectRole least) =>
        db.Projects.Where(p => p.Access.Any(a => a.UserId == userId && a.Role >= least));

    private static IQueryable<T> Kept<T>(IQueryable<T> rows, Guid userId, DateTimeOffset since)
        where T : class, IInProject =>
        rows.Where(row => row.DeletedAt > since && row.Project.DeletedAt == null && row.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor));

    private static async Task<int> RestoreAsync<T>(IQueryable<T> rows, Guid userId, Guid id, DateTimeOffset since, CancellationToken ct)
        where T : class, IInProject =>
        await Kept(rows, userId, since).Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<DateTimeOffset?>(row, nameof(IInProject.DeletedAt)), (DateTimeOffset?)null), ct);

    /// <summary>Meanwhile its samples may have been made otherwise: the graph has to be possible with the step in it.</summary>
    private static async Task<int> RestoreStepAsync(CryoHubDb db, Guid userId, Guid id, DateTimeOffset since, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Kept(db.Steps, userId, since).Include(s => s.Samples).ThenInclude(l => l.Sample).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } step)
        {
            return 0;
        }

        await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {step.ProjectId} for update", ct);   // the lock of its graph
        await new StepSamples(db, step).CheckAsync(ct);
        var restored = await RestoreAsync(db.Steps, userId, id, since, ct);
        await transaction.CommitAsync(ct);
        return restored;
    }

    private async Task<Change> ThrowAwayAsync<T>(IQueryable<T> rows, Guid userId, Guid id, CancellationToken ct)
        where T : class, IInProject
    {
        var now = time.GetUtcNow();
        var thrown = await rows.EditableBy(userId).Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<DateTimeOffset?>(row, nameof(IInProject.DeletedAt)), now), ct);
        return thrown == 1 ? Change.Done : await rows.WhyNotAsync(userId, id, ct);
    }

    private async Task<Change> ThrowStepAwayAsync(CryoHubDb db, Guid userId, Guid id, CancellationToken ct)
    {
        var kept = await db.Steps.VisibleTo(userId).Where(s => s.Id == id)
            .Select(s => new { Signed = s.SignedAt != null, Made = s.Samples.Where(l => l.Role == StepRole.Product && l.Sample.DeletedAt == null).Select(l => l.Sample.Name).FirstOrDefault() })
            .SingleOrDefaultAsync(ct);
        return kept switch
        {
            { Signed: true } => throw new ProblemException(ProblemKind.Conflict, "A signed step is frozen; record a correction instead."),
            { Made: { } name } => throw new ProblemException(ProblemKind.Conflict, $"This step made {name}; put that into the trash first."),
            _ => await ThrowAwayAsync(db.Steps, userId, id, ct),
        };
    }

    private async Task<Change> ThrowProjectAwayAsync(CryoHubDb db, Guid userId, Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var people = await db.ProjectAccess.Where(a => a.ProjectId == id).Select(a => a.UserId).ToListAsync(ct);
        var thrown = await db.Projects.WithRole(userId, ProjectRole.Manager).Where(p => p.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.DeletedAt, now), ct);
        if (thrown == 0)
        {
            return await db.Projects.WhyNotAsync(userId, id, ct, ProjectRole.Manager);
        }

        await ending.AnnounceAsync(people, id, ct);
        return Change.Done;
    }
}

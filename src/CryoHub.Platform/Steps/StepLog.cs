using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Steps;

/// <summary>What was done to samples. A signed step is frozen: a correction is a step of its own.</summary>
public sealed class StepLog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Newest first; <c>null</c> where the project cannot be seen.</summary>
    public async Task<Page<StepRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return null;
        }

        var rows = await db.Steps.VisibleTo(userId).Where(s => s.ProjectId == projectId).OrderByDescending(s => s.StartedAt).ThenBy(s => s.Id)
            .Select(s => new { s.Id, s.Kind, s.StartedAt, s.EndedAt, s.Person, s.Deviation, Signed = s.SignedAt != null, Samples = s.Samples.OrderBy(l => l.Role).Select(l => l.Sample.Name).ToList() })
            .ToPageAsync(page, ct);
        return new([.. rows.Items.Select(r => new StepRow(r.Id, r.Kind, Title(r.Kind), r.StartedAt, r.EndedAt, r.Person, r.Deviation, r.Signed, r.Samples))], rows.Total, rows.Skip, rows.Take);
    }

    public async Task<StepDetails?> FindAsync(Guid userId, Guid stepId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var row = await db.Steps.VisibleTo(userId).Where(s => s.Id == stepId)
            .Select(s => new
            {
                Step = s,
                Samples = s.Samples.Where(l => l.Sample.DeletedAt == null).OrderBy(l => l.Sample.Name).Select(l => new { l.Role, Link = new SampleLink(l.SampleId, l.Sample.Kind, l.Sample.Name) }).ToList(),
                Datasets = s.Datasets.Where(l => l.Dataset.DeletedAt == null).OrderBy(l => l.Dataset.Name).Select(l => new DatasetLink(l.DatasetId, l.Dataset.Name, l.Dataset.Kind)).ToList(),
                CorrectedBy = db.Steps.Where(c => c.CorrectsId == s.Id && c.DeletedAt == null).OrderByDescending(c => c.CreatedAt).Select(c => (Guid?)c.Id).FirstOrDefault(),
                SignedBy = db.Users.Where(u => u.Id == s.SignedBy).Select(u => u.DisplayName).FirstOrDefault(),
                CanEdit = s.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor),
            })
            .AsNoTracking().SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var step = row.Step;
        return new StepDetails(
            step.Id, step.ProjectId, step.Kind, Title(step.Kind), step.StartedAt, step.EndedAt, step.Person, step.Place, step.Device, step.Notes, step.Deviation, StepValues.FromJson(step.Values),
            [.. row.Samples.Where(s => s.Role == StepRole.Subject).Select(s => s.Link)], [.. row.Samples.Where(s => s.Role == StepRole.Product).Select(s => s.Link)], row.Datasets,
            step.CorrectsId, row.CorrectedBy, step.SignedAt, row.SignedBy ?? "", row.CanEdit && step.SignedAt is null, step.Version);
    }

    /// <summary>The step's id, also when the same id was recorded before; <c>null</c> where the project cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid or Forbidden, with what is wrong.</exception>
    public async Task<Guid?> RecordAsync(Guid userId, Guid projectId, StepText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return null;
        }

        if (text.Id is { } known && await db.Steps.Where(s => s.Id == known).Select(s => new { s.ProjectId, s.CreatedBy }).SingleOrDefaultAsync(ct) is { } earlier)
        {
            return earlier.ProjectId == projectId && earlier.CreatedBy == userId ? known : throw new ProblemException(ProblemKind.Conflict, "Another step has this id.");
        }

        var kind = StepKinds.Find(text.Kind) ?? throw new ProblemException(ProblemKind.Invalid, $"“{text.Kind}” is no kind of step; there are {string.Join(", ", StepKinds.All.Select(k => k.Key))}.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {projectId} for update", ct);   // the lock of its graph: two steps at once must not close a circle
        await CheckRunAsync(db, projectId, text, ct);
        var step = new Step { Id = text.Id ?? Guid.CreateVersion7(), ProjectId = projectId, Kind = kind.Key, CorrectsId = await CorrectedAsync(db, projectId, text, ct), RunId = text.RunId, RunStep = text.RunStep, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
        Fill(step, kind, text);
        step.Datasets.AddRange((await DatasetsAsync(db, projectId, text, ct)).Select(id => new StepDataset { StepId = step.Id, DatasetId = id }));
        db.Add(step);
        await new StepSamples(db, step).LinkAsync(text, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return step.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid stepId, StepText text, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var step = await db.Steps.EditableBy(userId).Include(s => s.Datasets).Include(s => s.Samples).SingleOrDefaultAsync(s => s.Id == stepId && s.Version == version, ct);
        if (step is null)
        {
            return await db.Steps.WhyNotAsync(userId, stepId, ct);
        }

        if (step.SignedAt is { } signed)
        {
            throw new ProblemException(ProblemKind.Conflict, $"This step was signed on {signed:d MMM yyyy HH:mm} UTC and is frozen; record a correction instead.");
        }

        await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {step.ProjectId} for update", ct);
        Fill(step, StepKinds.Find(step.Kind)!, text);
        await new StepSamples(db, step).CheckTimesAsync(ct);
        var datasets = await DatasetsAsync(db, step.ProjectId, text, ct);
        step.Datasets.RemoveAll(link => !datasets.Contains(link.DatasetId));
        step.Datasets.AddRange(datasets.Where(id => step.Datasets.All(link => link.DatasetId != id)).Select(id => new StepDataset { StepId = stepId, DatasetId = id }));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Change.Conflict;
        }

        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    /// <summary>Freezes a step. The caller has asked for the password again.</summary>
    public async Task<Change> SignAsync(Guid userId, Guid stepId, uint version, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        var signed = await db.Steps.EditableBy(userId).Where(s => s.Id == stepId && s.Version == version && s.SignedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SignedAt, now).SetProperty(s => s.SignedBy, userId), ct);
        return signed == 1 ? Change.Done : await db.Steps.WhyNotAsync(userId, stepId, ct);
    }

    internal static string Title(string kind) => StepKinds.Find(kind)?.Title ?? kind;

    private void Fill(Step step, StepKind kind, StepText text)
    {
        var (start, end) = (text.StartedAt.ToUniversalTime(), (text.EndedAt ?? text.StartedAt).ToUniversalTime());
        if (end < start)
        {
            throw new ProblemException(ProblemKind.Invalid, $"The step ends ({end:d MMM yyyy HH:mm}) before it begins ({start:d MMM yyyy HH:mm}).");
        }

        if (end > time.GetUtcNow() + TimeSpan.FromMinutes(5))
        {
            throw new ProblemException(ProblemKind.Invalid, $"The step ends on {end:d MMM yyyy HH:mm} UTC, which is in the future; record it when it is done.");
        }

        (step.StartedAt, step.EndedAt) = (start, end);
        (step.Person, step.Place, step.Device) = (Short(text.Person, "Who"), Short(text.Place, "Where"), Short(text.Device, "Device"));
        (step.Notes, step.Deviation) = (text.Notes?.Trim() ?? "", text.Deviation?.Trim() ?? "");
        step.Values = StepValues.ToJson(StepValues.Read(kind, text.Values ?? new Dictionary<string, string>()));
    }

    private static async Task<Guid?> CorrectedAsync(CryoHubDb db, Guid projectId, StepText text, CancellationToken ct)
    {
        if (text.CorrectsId is not { } id)
        {
            return null;
        }

        var signed = await db.Steps.Where(s => s.Id == id && s.ProjectId == projectId && s.DeletedAt == null && s.Kind == text.Kind).Select(s => (bool?)(s.SignedAt != null)).SingleOrDefaultAsync(ct)
            ?? throw new ProblemException(ProblemKind.Invalid, "The step to correct is not a step of this kind in this project.");
        return signed ? id : throw new ProblemException(ProblemKind.Invalid, "Only a signed step needs a correction; edit this one.");
    }

    /// <summary>A step of a run is recorded once; acquisitions and milling go on as often as they are done.</summary>
    private static async Task CheckRunAsync(CryoHubDb db, Guid projectId, StepText text, CancellationToken ct)
    {
        if (text.RunId is not { } run)
        {
            return;
        }

        if (!await db.WorkflowRuns.AnyAsync(r => r.Id == run && r.ProjectId == projectId && r.DeletedAt == null, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "The run is not one of this project.");
        }

        if (text.Kind is not (StepKinds.Acquisition or StepKinds.Milling) && text.CorrectsId is null
            && await db.Steps.Where(s => s.RunId == run && s.RunStep == text.RunStep && s.DeletedAt == null).Select(s => new { s.Id, s.Person, s.CreatedAt }).FirstOrDefaultAsync(ct) is { } done)
        {
            throw new ProblemException(
                ProblemKind.Conflict, $"Step {text.RunStep} was recorded {(done.Person.Length > 0 ? $"by {done.Person} " : "")}on {done.CreatedAt:d MMM yyyy HH:mm} UTC. Open it to see or change it; nothing was recorded twice.");
        }
    }

    private static async Task<List<Guid>> DatasetsAsync(CryoHubDb db, Guid projectId, StepText text, CancellationToken ct)
    {
        var wanted = (text.Datasets ?? []).Distinct().ToList();
        var found = await db.Datasets.Where(d => wanted.Contains(d.Id) && d.ProjectId == projectId && d.DeletedAt == null).Select(d => d.Id).ToListAsync(ct);
        return found.Count == wanted.Count ? found : throw new ProblemException(ProblemKind.Invalid, $"{wanted.Count - found.Count} of {wanted.Count} data sets are not in this project.");
    }

    private static string Short(string? text, string what) =>
        text?.Trim() is not { } trimmed ? "" : trimmed.Length <= 200 ? trimmed : throw new ProblemException(ProblemKind.Invalid, $"{what}: {trimmed.Length} characters; 200 is the limit.");
}

using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Labels;

/// <summary>Makes labels, sticks them to items and takes them off. A label is seen by its lab and by whoever sees the item.</summary>
public sealed class LabelDesk(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>As many as fit on the largest sheet, with one to spare.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Newest first; <c>null</c> where the sample cannot be seen.</summary>
    public async Task<Page<LabelRow>?> OfSampleAsync(Guid userId, Guid sampleId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId, ct)
            ? await Rows(db.Labels.Where(l => l.SampleId == sampleId)).ToPageAsync(page, ct)
            : null;
    }

    /// <summary>Labels that are stuck to nothing yet, newest first; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<Page<LabelRow>?> BlanksAsync(Guid userId, Guid labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) is null
            ? null
            : await Rows(db.Labels.Where(l => l.LabId == labId && l.SampleId == null && l.VoidedAt == null)).ToPageAsync(page, ct);
    }

    /// <summary>Those of <paramref name="ids"/> that the person sees, in that order.</summary>
    public async Task<IReadOnlyList<LabelRow>> FindAsync(Guid userId, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var rows = await Rows(Visible(db, userId).Where(l => ids.Contains(l.Id))).ToListAsync(ct);
        return [.. ids.Select(id => rows.FirstOrDefault(row => row.Id == id)).OfType<LabelRow>()];
    }

    /// <summary>A new label of a sample, with a code of its own or a given one; <c>null</c> where the sample cannot be seen.</summary>
    public async Task<Guid?> MakeAsync(Guid userId, Guid sampleId, string? code, CancellationToken ct)
    {
        var said = string.IsNullOrWhiteSpace(code) ? LabelCode.New() : LabelCode.Read(code);
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId).Select(s => new { s.ProjectId, s.Project.LabId }).SingleOrDefaultAsync(ct) is not { } sample)
        {
            return null;
        }

        await db.Projects.MayAddToAsync(userId, sample.ProjectId, ct);
        var label = New(userId, sample.LabId, said, sampleId);
        db.Add(label);
        await SaveAsync(db, said, ct);
        return label.Id;
    }

    /// <summary>Labels to print ahead and stick to items later; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<IReadOnlyList<LabelRow>?> MakeBlanksAsync(Guid userId, Guid labId, int count, CancellationToken ct)
    {
        if (count is < 1 or > MostAtOnce)
        {
            throw new ProblemException(ProblemKind.Invalid, $"1 to {MostAtOnce} labels are made at once, not {count}.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        switch (await LabDirectory.RoleAsync(db, userId, labId, ct))
        {
            case null:
                return null;
            case LabRole.Viewer:
                throw new ProblemException(ProblemKind.Forbidden, "You may look at this lab, not print its labels.");
        }

        var labels = Enumerable.Range(0, count).Select(_ => New(userId, labId, LabelCode.New(), null)).ToList();
        db.AddRange(labels);
        await db.SaveChangesAsync(ct);
        return await FindAsync(userId, [.. labels.Select(label => label.Id)], ct);
    }

    /// <summary>Sticks a blank label to an item of its lab.</summary>
    /// <exception cref="ProblemException">Conflict: the label is stuck to something, or was torn off.</exception>
    public async Task<Change> AttachAsync(Guid userId, Guid labelId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await Visible(db, userId).AsNoTracking().SingleOrDefaultAsync(l => l.Id == labelId, ct) is not { } label)
        {
            return Change.Absent;
        }

        if (!await db.Samples.EditableBy(userId).AnyAsync(s => s.Id == sampleId, ct))
        {
            return await db.Samples.WhyNotAsync(userId, sampleId, ct);
        }

        if (!await db.Samples.AnyAsync(s => s.Id == sampleId && s.Project.LabId == label.LabId, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "The label belongs to another lab than the item; print one of the item's lab.");
        }

        var stuck = await db.Labels.Where(l => l.Id == labelId && l.SampleId == null && l.VoidedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.SampleId, sampleId), ct);
        return stuck == 1 ? Change.Done : throw new ProblemException(
            ProblemKind.Conflict, label.VoidedAt is null ? $"{label.Code} is stuck to another item already; take a fresh label." : $"{label.Code} was torn off; take a fresh label.");
    }

    /// <summary>Declares a label torn off; its code is never given again.</summary>
    public async Task<Change> TearOffAsync(Guid userId, Guid labelId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        var torn = await db.Labels.Where(l => l.Id == labelId && l.VoidedAt == null)
            .Where(l => l.SampleId != null
                ? l.Sample!.DeletedAt == null && l.Sample.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor)
                : l.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.VoidedAt, now), ct);
        if (torn == 1)
        {
            return Change.Done;
        }

        var seen = await Visible(db, userId).Where(l => l.Id == labelId).Select(l => new { l.VoidedAt }).SingleOrDefaultAsync(ct);
        return seen is null ? Change.Absent : seen.VoidedAt is null ? Change.Forbidden : Change.Conflict;
    }

    internal static IQueryable<Label> Visible(CryoHubDb db, Guid userId) => db.Labels.Where(l =>
        (l.SampleId == null && l.Lab.Memberships.Any(m => m.UserId == userId))
        || (l.SampleId != null && l.Sample!.DeletedAt == null && l.Sample.Project.DeletedAt == null && l.Sample.Project.Access.Any(a => a.UserId == userId)));

    private static IQueryable<LabelRow> Rows(IQueryable<Label> labels) => labels.OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id).Select(l => new LabelRow(
        l.Id, l.LabId, l.Lab.Name, l.Code, l.SampleId == null ? null : new SampleLink(l.SampleId.Value, l.Sample!.Kind, l.Sample.Name), l.CreatedAt, l.VoidedAt));

    private static async Task SaveAsync(CryoHubDb db, string code, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"The label {code} is in use in this lab already; leave the code empty to get a new one.");
        }
    }

    private Label New(Guid userId, Guid labId, string code, Guid? sampleId) =>
        new() { Id = Guid.CreateVersion7(), LabId = labId, Code = code, SampleId = sampleId, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
}

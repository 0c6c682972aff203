using System.Linq.Expressions;
using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Samples;

/// <summary>The samples of a project, as a tree.</summary>
public sealed class SampleCatalog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>All samples of a project, flat: the parent ids make the tree. <c>null</c> where the project cannot be seen.</summary>
    public async Task<Page<SampleRow>?> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct)
            ? await InOrder(db.Samples.VisibleTo(userId).Where(s => s.ProjectId == projectId)).ToPageAsync(Row(db), page, ct)
            : null;
    }

    /// <summary>What was made of a sample; <c>null</c> where it cannot be seen.</summary>
    public async Task<Page<SampleRow>?> ChildrenAsync(Guid userId, Guid sampleId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId, ct)
            ? await InOrder(db.Samples.VisibleTo(userId).Where(s => s.ParentId == sampleId)).ToPageAsync(Row(db), page, ct)
            : null;
    }

    public async Task<SampleDetails?> FindAsync(Guid userId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var row = await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId)
            .Select(s => new
            {
                Sample = s,
                ProjectName = s.Project.Name,
                Children = db.Samples.Count(child => child.ParentId == sampleId && child.DeletedAt == null),
                Datasets = db.Datasets.Count(d => d.SampleId == sampleId && d.DeletedAt == null),
                CanEdit = s.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor),
            })
            .AsNoTracking().SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var sample = row.Sample;
        var chain = await SampleChain.OfAsync(db, sampleId, ct);
        return new SampleDetails(
            sample.Id, sample.ProjectId, row.ProjectName, sample.ParentId, sample.Kind, sample.Name, sample.Metal, sample.Notes,
            sample.Fields.Deserialize<Dictionary<string, string>>() ?? [], [.. chain.SkipLast(1)], row.Children, row.Datasets, row.CanEdit, sample.Version);
    }

    /// <summary>The new sample's id; <c>null</c> where the project cannot be seen.</summary>
    public async Task<Guid?> CreateAsync(Guid userId, Guid projectId, SampleText text, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return null;
        }

        await CheckParentAsync(db, projectId, text.ParentId, null, ct);
        var sample = new Sample
        {
            Id = Guid.CreateVersion7(),
            ProjectId = projectId,
            ParentId = text.ParentId,
            Kind = Kind(text),
            Name = Required.Name(text.Name),
            Metal = Metal(text),
            Notes = text.Notes ?? "",
            Fields = Fields(text),
            CreatedBy = userId,
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(sample);
        await db.SaveChangesAsync(ct);
        return sample.Id;
    }

    public async Task<Change> EditAsync(Guid userId, Guid sampleId, SampleText text, uint version, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var sample = await db.Samples.EditableBy(userId).SingleOrDefaultAsync(s => s.Id == sampleId && s.Version == version, ct);
        if (sample is null)
        {
            return await db.Samples.WhyNotAsync(userId, sampleId, ct);
        }

        // The project's row is the lock of its tree: two moves at once must not close a circle.
        await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {sample.ProjectId} for update", ct);
        await CheckParentAsync(db, sample.ProjectId, text.ParentId, sampleId, ct);
        (sample.Kind, sample.Name, sample.ParentId, sample.Metal) = (Kind(text), Required.Name(text.Name), text.ParentId, Metal(text));
        (sample.Notes, sample.Fields) = (text.Notes ?? "", Fields(text));
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

    private static IQueryable<Sample> InOrder(IQueryable<Sample> samples) => samples.OrderBy(s => s.Name).ThenBy(s => s.Id);

    private static Expression<Func<Sample, SampleRow>> Row(CryoHubDb db) => s => new SampleRow(
        s.Id, s.ParentId, s.Kind, s.Name, s.Metal, db.Samples.Count(child => child.ParentId == s.Id && child.DeletedAt == null), db.Datasets.Count(d => d.SampleId == s.Id && d.DeletedAt == null));

    private static async Task CheckParentAsync(CryoHubDb db, Guid projectId, Guid? parentId, Guid? sampleId, CancellationToken ct)
    {
        if (parentId is not { } parent)
        {
            return;
        }

        if (!await db.Samples.AnyAsync(s => s.Id == parent && s.ProjectId == projectId && s.DeletedAt == null, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "The parent is not a sample of this project.");
        }

        if (parent == sampleId || (sampleId is { } moved && (await SampleGraph.AncestorsAsync(db, parent, ct)).Contains(moved)))
        {
            throw new ProblemException(ProblemKind.Invalid, "A sample cannot be made from itself or from what was made of it.");
        }
    }

    private static SampleKind Kind(SampleText text) =>
        Enum.IsDefined(text.Kind) ? text.Kind : throw new ProblemException(ProblemKind.Invalid, $"There is no kind {(int)text.Kind} of sample.");

    private static string Metal(SampleText text) =>
        text.Metal?.Trim() is not { } metal ? ""
        : metal.Length <= 20 ? metal
        : throw new ProblemException(ProblemKind.Invalid, $"The metal has {metal.Length} characters; 20 is the limit.");

    private static JsonDocument Fields(SampleText text) => JsonSerializer.SerializeToDocument(text.Fields ?? new Dictionary<string, string>());
}

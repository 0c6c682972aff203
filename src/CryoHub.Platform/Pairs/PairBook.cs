using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Pairs;

/// <summary>Controls: which sample was made to be compared with which, and in what the records of the two differ.</summary>
public sealed class PairBook(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int MostOfASample = 50;

    /// <summary>The pairs of a sample; <c>null</c> where it cannot be seen.</summary>
    public async Task<IReadOnlyList<PairRow>?> OfSampleAsync(Guid userId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId, ct))
        {
            return null;
        }

        var pairs = await Of(db, [sampleId]).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).Take(MostOfASample)
            .Select(p => new
            {
                p.Id,
                Control = new SampleLink(p.ControlId, p.Control.Kind, p.Control.Name),
                Treated = new SampleLink(p.TreatedId, p.Treated.Kind, p.Treated.Name),
                p.Factor,
                p.Difference,
                By = db.Users.Where(u => u.Id == p.CreatedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                p.CreatedAt,
            }).ToListAsync(ct);
        var rows = new List<PairRow>(pairs.Count);
        foreach (var pair in pairs)
        {
            var differences = PairDifferences.Of(await SampleChronicle.ReadAsync(db, pair.Control.Id, ct), await SampleChronicle.ReadAsync(db, pair.Treated.Id, ct));
            rows.Add(new PairRow(pair.Id, pair.Control, pair.Treated, pair.Factor, pair.Difference, pair.By, pair.CreatedAt, differences, PairDifferences.Shows(differences, pair.Factor)));
        }

        return rows;
    }

    /// <summary>The pair's id; <c>null</c> where the sample cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid: no pair. Conflict: linked already. Forbidden: may look only.</exception>
    public async Task<Guid?> LinkAsync(Guid userId, Guid sampleId, LinkPair wanted, CancellationToken ct)
    {
        var words = Required.AtMost(wanted.Difference, 400, "What differs");
        if (!Enum.IsDefined(wanted.Factor) || (wanted.Factor == PairFactor.Other && words.Length == 0))
        {
            throw new ProblemException(ProblemKind.Invalid, "Say in what the two differ: wash, freezing, milling, transfer, storage, dose, or in words.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        var sample = await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId).Select(s => new { s.ProjectId, s.Name, CanEdit = s.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor) }).SingleOrDefaultAsync(ct);
        if (sample is null)
        {
            return null;
        }

        if (!sample.CanEdit)
        {
            throw new ProblemException(ProblemKind.Forbidden, "You may look at this project, not change it.");
        }

        var other = await db.Samples.VisibleTo(userId).Where(s => s.Id == wanted.OtherId && s.ProjectId == sample.ProjectId && s.Id != sampleId).Select(s => s.Name).SingleOrDefaultAsync(ct)
            ?? throw new ProblemException(ProblemKind.Invalid, "The other sample is not another one of this project.");
        if ((await SampleGraph.AncestorsAsync(db, sampleId, ct)).Contains(wanted.OtherId) || (await SampleGraph.AncestorsAsync(db, wanted.OtherId, ct)).Contains(sampleId))
        {
            throw new ProblemException(ProblemKind.Invalid, $"One of {sample.Name} and {other} was made from the other, so they cannot be control and treated of one experiment.");
        }

        if (await Of(db, [sampleId]).CountAsync(ct) >= MostOfASample)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} has {MostOfASample} controls already, which is the limit.");
        }

        var (control, treated) = wanted.OtherIsControl ? (wanted.OtherId, sampleId) : (sampleId, wanted.OtherId);
        var pair = new SamplePair { Id = Guid.CreateVersion7(), ProjectId = sample.ProjectId, ControlId = control, TreatedId = treated, Factor = wanted.Factor, Difference = words, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
        db.Add(pair);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"{sample.Name} and {other} are a pair already.");
        }

        return pair.Id;
    }

    public async Task<Change> UnlinkAsync(Guid userId, Guid pairId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var now = time.GetUtcNow();
        var unlinked = await db.SamplePairs.Where(p => p.Id == pairId && p.UnlinkedAt == null && db.Projects.EditableBy(userId).Any(project => project.Id == p.ProjectId))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.UnlinkedAt, now), ct);
        return unlinked == 1 ? Change.Done
            : await db.SamplePairs.AnyAsync(p => p.Id == pairId && p.UnlinkedAt == null && db.Projects.VisibleTo(userId).Any(project => project.Id == p.ProjectId), ct) ? Change.Forbidden : Change.Absent;
    }

    /// <summary>Pairs with one of these samples, both of them in use. The caller has checked that the samples may be seen; both lie in one project.</summary>
    internal static IQueryable<SamplePair> Of(CryoHubDb db, IReadOnlyCollection<Guid> samples) =>
        db.SamplePairs.Where(p => (samples.Contains(p.ControlId) || samples.Contains(p.TreatedId)) && p.UnlinkedAt == null && p.Control.DeletedAt == null && p.Treated.DeletedAt == null);

    /// <summary>What a method card says of the controls of a sample and of what it was made from.</summary>
    internal static async Task<IReadOnlyList<string>> SentencesAsync(CryoHubDb db, Guid sampleId, CancellationToken ct)
    {
        var line = await SampleGraph.AncestorsAsync(db, sampleId, ct);
        line.Add(sampleId);
        var pairs = await Of(db, line).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).Take(MostOfASample)
            .Select(p => new { p.TreatedId, Control = p.Control.Name, Treated = p.Treated.Name, p.Factor, p.Difference }).ToListAsync(ct);
        return [.. pairs.Select(p =>
        {
            var what = p.Factor == PairFactor.Other ? p.Difference : p.Difference.Length > 0 ? $"{p.Factor.ToString().ToLowerInvariant()}: {p.Difference}" : p.Factor.ToString().ToLowerInvariant();
            return line.Contains(p.TreatedId) ? $"{p.Treated} has the control {p.Control} ({what})." : $"{p.Control} is the control of {p.Treated} ({what}).";
        })];
    }
}

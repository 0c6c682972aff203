using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Spectra;

/// <summary>The reference spectra of labs.</summary>
public sealed class SpectrumLibrary(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int LongestNotes = 2000;

    private static readonly string[] Kinds = [SignalKind.Spectrum.Key(), SignalKind.SpectrumLine.Key(), SignalKind.SpectrumImage.Key()];

    /// <summary>What the person may see, by name; of one lab's projects where <paramref name="labId"/> is given.</summary>
    public async Task<Page<ReferenceRow>> ListAsync(Guid userId, Guid? labId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Rows(db, userId, db.ReferenceSpectra.Where(s => labId == null || s.Dataset.Project.LabId == labId)).ToPageAsync(page, ct);
    }

    /// <summary>What stands in the library of a data set's signals.</summary>
    public async Task<IReadOnlyList<ReferenceRow>> OfDatasetAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Rows(db, userId, db.ReferenceSpectra.Where(s => s.DatasetId == datasetId)).ToListAsync(ct);
    }

    /// <summary>Puts a signal into the library, or names anew what stands there; <c>Absent</c> where the signal cannot be seen.</summary>
    /// <exception cref="ProblemException">It is no spectrum, or the name is missing.</exception>
    public async Task<Change> PutAsync(Guid userId, Guid datasetId, int signal, ReferenceText text, CancellationToken ct)
    {
        var (name, notes) = (Required.Name(text.Name), Notes(text.Notes));
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Datasets.EditableBy(userId).Where(d => d.Id == datasetId).Select(d => new { d.ProjectId, Kind = d.Signals.Where(s => s.Index == signal).Select(s => s.Kind).FirstOrDefault() }).SingleOrDefaultAsync(ct) is not { } dataset)
        {
            return await db.Datasets.WhyNotAsync(userId, datasetId, ct);
        }

        if (dataset.Kind is null)
        {
            return Change.Absent;
        }

        if (!Kinds.Contains(dataset.Kind))
        {
            throw ProblemException.Invalid($"The library holds spectra ({string.Join(", ", Kinds)}); signal {signal} is {dataset.Kind}.");
        }

        // Two people may put the same signal at once: the first row stands, the later words.
        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into reference_spectra (id, project_id, dataset_id, signal, name, notes, added_by, added_at)
            values ({id}, {dataset.ProjectId}, {datasetId}, {signal}, {name}, {notes}, {userId}, {now})
            on conflict (dataset_id, signal) do update set name = excluded.name, notes = excluded.notes
            """,
            ct);
        return Change.Done;
    }

    /// <summary>Takes a signal out of the library; the data set stays.</summary>
    public async Task<Change> RemoveAsync(Guid userId, Guid datasetId, int signal, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Datasets.EditableBy(userId).AnyAsync(d => d.Id == datasetId, ct))
        {
            return await db.Datasets.WhyNotAsync(userId, datasetId, ct);
        }

        await db.ReferenceSpectra.Where(s => s.DatasetId == datasetId && s.Signal == signal).ExecuteDeleteAsync(ct);
        return Change.Done;
    }

    private static string Notes(string? notes) => (notes?.Trim() ?? "") is { Length: <= LongestNotes } kept
        ? kept
        : throw ProblemException.Invalid($"The notes have {notes!.Trim().Length} characters; {LongestNotes} is the limit.");

    private static IQueryable<ReferenceRow> Rows(CryoHubDb db, Guid userId, IQueryable<ReferenceSpectrum> spectra) => spectra
        .Where(s => db.Datasets.VisibleTo(userId).Any(d => d.Id == s.DatasetId && d.Status == DatasetStatus.Ready))
        .OrderBy(s => s.Name).ThenBy(s => s.Id)
        .Select(s => new ReferenceRow(
            s.Id, s.Name, s.Notes, s.DatasetId, s.Signal, s.Dataset.Name, s.ProjectId, s.Dataset.Project.Name, s.Dataset.Project.LabId, s.Dataset.Project.Lab.Name,
            s.Dataset.BeamEnergyKeV,
            Convert.ToHexStringLower(s.Dataset.Files.Where(f => f.IsPrimary).Select(f => f.Sha256).FirstOrDefault() ?? Array.Empty<byte>()),
            db.Users.Where(u => u.Id == s.AddedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "",
            s.AddedAt,
            s.Dataset.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor)));
}

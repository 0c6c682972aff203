using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Datasets;

/// <summary>Data sets as people see them. What is still arriving is seen by nobody.</summary>
public sealed class DatasetCatalog(IDbContextFactory<CryoHubDb> dbs)
{
    public async Task<Page<DatasetRow>> ListAsync(Guid userId, DatasetFilter filter, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        // Named, not joined: a database that has to find the projects on the way misjudges their number.
        var projects = await db.Projects.VisibleTo(userId).Where(p => filter.ProjectId == null || p.Id == filter.ProjectId).Select(p => p.Id).ToArrayAsync(ct);
        return await Arrived(db).Where(d => projects.Contains(d.ProjectId) && d.DeletedAt == null).Matching(filter with { ProjectId = null }).InOrder(filter)
            .ToPageAsync(
                d => new DatasetRow(
                    d.Id, d.Name, d.ProjectId, d.Project.Name, d.SampleId, d.Sample!.Name ?? "", d.SessionId, d.Status, d.Format, d.Kind, d.BeamEnergyKeV, d.Elements,
                    d.AcquiredAt, d.SizeBytes, d.CreatedAt, d.Problem, d.Signals.Any(s => s.ThumbnailKey != ""), d.Version),
                page, ct);
    }

    public async Task<DatasetDetails?> FindAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var row = await Arrived(db).VisibleTo(userId).Where(d => d.Id == datasetId).AsNoTracking().AsSplitQuery()
            .Select(d => new
            {
                Dataset = d,
                ProjectName = d.Project.Name,
                CreatedBy = db.Users.Where(u => u.Id == d.CreatedBy).Select(u => u.DisplayName).FirstOrDefault(),
                CanEdit = d.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor),
                CanJudge = d.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Manager),
                TruthBy = db.Users.Where(u => u.Id == d.TruthBy).Select(u => u.DisplayName).FirstOrDefault(),
                MadeBy = d.Result == null ? null : new ResultLink(d.Result.DeletedAt == null ? d.Result.Id : null, d.Result.Title),
                Signals = d.Signals.OrderBy(s => s.Index).Select(s => new SignalRow(s.Index, s.Name, s.Kind, s.PixelType, s.Shape)).ToList(),
                Files = d.Files.OrderByDescending(f => f.IsPrimary).ThenBy(f => f.Path)
                    .Select(f => new { f.Id, f.Path, f.Size, f.Sha256, f.IsPrimary, f.VerifiedAt, f.Damage }).ToList(),
            })
            .SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var dataset = row.Dataset;
        var chain = dataset.SampleId is { } sampleId ? await SampleChain.OfAsync(db, sampleId, ct) : [];
        return new DatasetDetails(
            dataset.Id, dataset.Name, dataset.ProjectId, row.ProjectName, dataset.SampleId, dataset.SessionId, dataset.Status, dataset.Format, dataset.Problem,
            dataset.Notes, dataset.Kind, dataset.BeamEnergyKeV, dataset.Elements, dataset.AcquiredAt, dataset.SizeBytes, dataset.CreatedAt, row.CreatedBy ?? "",
            [new Crumb(row.ProjectName, $"/projects/{dataset.ProjectId}"), .. chain.Select(link => new Crumb(link.Name, $"/samples/{link.Id}"))],
            row.Signals, [.. row.Files.Select(f => new FileRow(f.Id, f.Path, f.Size, Convert.ToHexStringLower(f.Sha256), f.IsPrimary, f.VerifiedAt, f.Damage))],
            row.MadeBy, dataset.TruthAt is { } judged ? new TruthMark(row.TruthBy ?? "", judged) : null, row.CanEdit, row.CanJudge, dataset.Version);
    }

    /// <summary>What was measured of the samples, newest first, up to 200; for choosing one.</summary>
    public async Task<IReadOnlyList<DatasetLink>> LinksAsync(Guid userId, IReadOnlyList<Guid> samples, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Arrived(db).VisibleTo(userId).Where(d => d.SampleId != null && samples.Contains(d.SampleId.Value) && d.ResultId == null).OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id).Take(200)
            .Select(d => new DatasetLink(d.Id, d.Name, d.Kind)).ToListAsync(ct);
    }

    public async Task<SignalDetails?> SignalAsync(Guid userId, Guid datasetId, int index, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var signal = await Arrived(db).VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).Where(s => s.Index == index)
            .AsNoTracking().SingleOrDefaultAsync(ct);
        return signal is null ? null : new SignalDetails(
            signal.Index, signal.Name, signal.Kind, signal.PixelType, signal.Shape, signal.Axes.RootElement, signal.Metadata.RootElement,
            signal.Original.RootElement, signal.Statistics.RootElement, signal.Columns?.RootElement, signal.Crystal?.RootElement, signal.ValueUnit);
    }

    /// <summary>What an analysis would be told of a signal before it reads a pixel.</summary>
    public async Task<SignalHeader?> HeaderAsync(Guid userId, Guid datasetId, int index, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var signal = await Arrived(db).VisibleTo(userId).Where(d => d.Id == datasetId).SelectMany(d => d.Signals).AsNoTracking().SingleOrDefaultAsync(s => s.Index == index, ct);
        return signal is null ? null : SignalJson.Header(signal);
    }

    public async Task<Change> EditAsync(Guid userId, Guid datasetId, DatasetText text, uint version, CancellationToken ct)
    {
        var name = Required.Name(text.Name, 400);
        await using var db = await dbs.ForAsync(userId, ct);
        var project = await db.Datasets.EditableBy(userId).Where(d => d.Id == datasetId).Select(d => (Guid?)d.ProjectId).SingleOrDefaultAsync(ct);
        if (project is null)
        {
            return await db.Datasets.WhyNotAsync(userId, datasetId, ct);
        }

        await CheckTargetsAsync(db, project.Value, text, ct);
        var edited = await db.Datasets.EditableBy(userId).Where(d => d.Id == datasetId && d.Version == version)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.Name, name).SetProperty(d => d.Notes, text.Notes ?? "")
                    .SetProperty(d => d.SampleId, text.SampleId).SetProperty(d => d.SessionId, text.SessionId),
                ct);
        return edited == 1 ? Change.Done : await db.Datasets.WhyNotAsync(userId, datasetId, ct);
    }

    private static IQueryable<Dataset> Arrived(CryoHubDb db) => db.Datasets.Where(d => d.Status != DatasetStatus.Receiving);

    private static async Task CheckTargetsAsync(CryoHubDb db, Guid projectId, DatasetText text, CancellationToken ct)
    {
        if (text.SampleId is { } sample && !await db.Samples.AnyAsync(s => s.Id == sample && s.ProjectId == projectId && s.DeletedAt == null, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "The sample is not one of this project.");
        }

        if (text.SessionId is { } session && !await db.Sessions.AnyAsync(s => s.Id == session && s.ProjectId == projectId && s.DeletedAt == null, ct))
        {
            throw new ProblemException(ProblemKind.Invalid, "The session is not one of this project.");
        }
    }
}

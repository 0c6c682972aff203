using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Limits;
using CryoHub.Platform.Pairs;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Ledgers;

/// <summary>Everything that happened to a sample and, before they became it, to what it was made from.</summary>
public sealed class SampleChronicle(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>In the order of time; <c>null</c> where the sample cannot be seen.</summary>
    public async Task<IReadOnlyList<ChronicleStep>?> OfAsync(Guid userId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId, ct) ? await ReadAsync(db, sampleId, ct) : null;
    }

    /// <summary>The ledgers that follow from it; <c>null</c> where the sample cannot be seen.</summary>
    public async Task<SampleLedgers?> LedgersAsync(Guid userId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var sample = await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId).Select(s => new { s.Metal, s.Project.LabId }).SingleOrDefaultAsync(ct);
        if (sample is null)
        {
            return null;
        }

        var ledgers = SampleLedgers.Of(await ReadAsync(db, sampleId, ct), await LimitSet.OfLabAsync(db, sample.LabId, ct), sample.Metal);
        return ledgers with { Method = ledgers.Method with { Controls = await PairBook.SentencesAsync(db, sampleId, ct) } };
    }

    /// <summary>The same up to one image, or, of what was calculated, up to the first image behind it; <c>null</c> where it cannot be seen or no sample is named.</summary>
    public async Task<ImageRecord?> OfImageAsync(Guid userId, Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await MeasuredAsync(db, userId, datasetId, ct) is not { SampleId: { } sampleId } image
            || await db.Samples.VisibleTo(userId).Where(s => s.Id == sampleId).Select(s => new { s.Name, s.Project.LabId }).SingleOrDefaultAsync(ct) is not { } sample)
        {
            return null;
        }

        var all = await ReadAsync(db, sampleId, ct);
        var taken = await db.StepDatasets.Where(l => l.DatasetId == image.Id && l.Step.Kind == StepKinds.Acquisition && l.Step.DeletedAt == null).Select(l => l.Step.CorrectsId ?? l.StepId).ToListAsync(ct);
        var until = all.Where(step => taken.Contains(step.Id)).Select(step => (DateTimeOffset?)step.EndedAt).Max() ?? image.AcquiredAt ?? DateTimeOffset.MaxValue;
        IReadOnlyList<ChronicleStep> steps = [.. all.Where(step => step.Kind == StepKinds.Acquisition ? taken.Contains(step.Id) : step.StartedAt <= until)];
        var limits = await LimitSet.OfLabAsync(db, sample.LabId, ct);
        var method = MethodCard.Of(steps, isImage: true) with { Controls = await PairBook.SentencesAsync(db, sampleId, ct) };
        return new(sampleId, sample.Name, method, [.. steps.Where(step => step.Deviation.Length > 0)], TemperatureTrail.Of(steps, limits.Colds).Any(entry => entry.IsTooWarm));
    }

    /// <summary>The data set itself, or the oldest measured one that it was calculated from.</summary>
    private static async Task<Measured?> MeasuredAsync(CryoHubDb db, Guid userId, Guid datasetId, CancellationToken ct)
    {
        var seen = new HashSet<Guid>();
        List<Guid> fresh = [datasetId];
        while (fresh.Count > 0)
        {
            seen.UnionWith(fresh);
            var found = await db.Datasets.VisibleTo(userId).Where(d => fresh.Contains(d.Id)).OrderBy(d => d.CreatedAt)
                .Select(d => new { Image = new Measured(d.Id, d.SampleId, d.AcquiredAt), IsCalculated = d.ResultId != null, Inputs = d.Result == null ? null : d.Result.Job.Inputs.Select(i => i.DatasetId).ToList() }).ToListAsync(ct);
            if (found.Find(row => !row.IsCalculated && row.Image.SampleId is not null) is { } measured)
            {
                return measured.Image;
            }

            fresh = [.. found.SelectMany(row => row.Inputs ?? []).Distinct().Where(id => !seen.Contains(id))];
        }

        return null;
    }

    private sealed record Measured(Guid Id, Guid? SampleId, DateTimeOffset? AcquiredAt);

    internal static async Task<IReadOnlyList<ChronicleStep>> ReadAsync(CryoHubDb db, Guid sampleId, CancellationToken ct)
    {
        var line = await SampleGraph.AncestorsAsync(db, sampleId, ct);
        line.Add(sampleId);
        var rows = await db.Steps.Where(s => s.DeletedAt == null && s.CorrectsId == null && s.Samples.Any(l => line.Contains(l.SampleId)))
            .Select(s => new
            {
                s.Id,
                s.Kind,
                Links = s.Samples.Select(l => new { l.SampleId, l.Role, l.Sample.Name }).ToList(),
                Datasets = s.Datasets.Count(d => d.Dataset.DeletedAt == null),
                Signed = s.SignedAt != null,

                // A correction stands for its original; of several, the newest.
                Told = db.Steps.Where(c => (c.Id == s.Id || c.CorrectsId == s.Id) && c.DeletedAt == null).OrderByDescending(c => c.CreatedAt)
                    .Select(c => new { c.StartedAt, c.EndedAt, c.Person, c.Place, c.Device, c.Deviation, c.Values }).First(),
            })
            .AsNoTracking().ToListAsync(ct);

        var until = Lineage.Until(sampleId, rows.SelectMany(row => row.Links.Where(l => l.Role == StepRole.Product && line.Contains(l.SampleId))
            .Select(l => (l.SampleId, Maker: new Lineage(row.Told.EndedAt, [.. row.Links.Where(p => p.Role == StepRole.Subject).Select(p => p.SampleId)]))))
            .GroupBy(made => made.SampleId).ToDictionary(group => group.Key, group => group.First().Maker));
        return
        [
            .. from row in rows
               let own = row.Links.FirstOrDefault(l => line.Contains(l.SampleId))
               where row.Links.Any(l => line.Contains(l.SampleId) && row.Told.StartedAt <= until.GetValueOrDefault(l.SampleId, DateTimeOffset.MaxValue))
               orderby row.Told.StartedAt, row.Told.EndedAt, row.Id
               select new ChronicleStep(
                   row.Id, row.Kind, row.Told.StartedAt, row.Told.EndedAt, row.Told.Person, row.Told.Place, row.Told.Device, row.Told.Deviation, StepValues.FromJson(row.Told.Values),
                   own.Name, [.. row.Links.Where(l => l.Role == StepRole.Product).Select(l => l.Name)], row.Datasets, row.Signed),
        ];
    }
}

using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Labels;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Reviews;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Search;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.TestKit.Scale;

/// <summary>What the pages that everybody opens ask the platform for, one method a page; the same questions in the same order.</summary>
public sealed class SitePages(ScaleDatabase site, Guid userId)
{
    public async Task SampleAsync(Guid id, CancellationToken ct)
    {
        var sample = await site.Get<SampleCatalog>().FindAsync(userId, id, ct) ?? throw new InvalidOperationException($"Sample {id} cannot be seen.");
        await site.Get<DatasetCatalog>().ListAsync(userId, new DatasetFilter { SampleId = id }, new PageRequest(0, 100), ct);
        await site.Get<SampleChronicle>().LedgersAsync(userId, id, ct);
        await site.Get<SampleCatalog>().ChildrenAsync(userId, id, new PageRequest(0, 200), ct);
        await site.Get<SampleCatalog>().ListAsync(userId, sample.ProjectId, new PageRequest(0, 200), ct);
        await site.Get<CustodyBook>().GapsAsync(userId, id, null, ct);
        await site.Get<LabelDesk>().OfSampleAsync(userId, id, PageRequest.First, ct);
    }

    public async Task DatasetAsync(Guid id, CancellationToken ct)
    {
        var dataset = await site.Get<DatasetCatalog>().FindAsync(userId, id, ct) ?? throw new InvalidOperationException($"Data set {id} cannot be seen.");
        await site.Get<DatasetCatalog>().SignalAsync(userId, id, 0, ct);
        await site.Get<SampleChronicle>().OfImageAsync(userId, id, ct);
        await site.Get<FileAcquisition>().IsRecordedAsync(userId, id, ct);
        await site.Get<DoseBook>().OfDatasetAsync(userId, id, ct);
        if (dataset.SampleId is { } sample)
        {
            await site.Get<CustodyBook>().GapsAsync(userId, sample, dataset.AcquiredAt ?? dataset.CreatedAt, ct);
        }

        await site.Get<CommentThreads>().ListAsync(userId, id, false, new PageRequest(0, 20), ct);
        await site.Get<ReviewList>().ListAsync(userId, dataset.ProjectId, id, false, new PageRequest(0, 5), ct);
    }

    public async Task GraphAsync(NodeKind kind, Guid id, CancellationToken ct) =>
        _ = await site.Get<ProvenanceGraphs>().OfAsync(userId, kind, id, ct) ?? throw new InvalidOperationException($"{kind} {id} cannot be seen.");

    public Task DatasetsAsync(DatasetFilter filter, CancellationToken ct) => site.Get<DatasetCatalog>().ListAsync(userId, filter, PageRequest.First, ct);

    /// <summary>Measurements of a lab's thinly milled samples, by kind of sample: two filters and a group, one of them over recorded steps.</summary>
    public Task TableAsync(Guid labId, CancellationToken ct) => site.Get<FieldTable>().ReadAsync(
        userId, new FieldQuery(null, labId, [], ["milling.thickness<200 nm", "dataset.kind!=tilt-series"], "sample.kind", "milling.thickness"), PageRequest.First, ct);

    /// <summary>A lab that the person belongs to.</summary>
    public async Task<Guid> LabAsync(CancellationToken ct)
    {
        await using var db = site.CreateDbContext();
        return await db.Memberships.Where(m => m.UserId == userId).OrderBy(m => m.LabId).Select(m => m.LabId).FirstAsync(ct);
    }

    public Task SamplesAsync(Guid projectId, CancellationToken ct) => site.Get<SampleCatalog>().ListAsync(userId, projectId, PageRequest.First, ct);

    public Task StepsAsync(Guid projectId, CancellationToken ct) => site.Get<StepLog>().ListAsync(userId, projectId, PageRequest.First, ct);

    public Task SearchAsync(string words, CancellationToken ct) => site.Get<SearchIndex>().FindAsync(userId, new DatasetFilter { Text = words }, PageRequest.First, ct);

    /// <summary>A step on the sample, with its rows in the audit trail and their links in the chain.</summary>
    public async Task RecordAsync(Guid projectId, Guid sampleId, DateTimeOffset at, CancellationToken ct) =>
        _ = await site.Get<StepLog>().RecordAsync(userId, projectId, new StepText("note", at, Notes: "looked at once more", Subjects: [sampleId]), ct)
            ?? throw new InvalidOperationException($"Project {projectId} cannot be seen.");

    /// <summary>Random samples that the person may change, with their projects, and random data sets that they may see; the same ones each time.</summary>
    public async Task<(IReadOnlyList<(Guid Id, Guid ProjectId)> Samples, IReadOnlyList<Guid> Datasets)> ItemsAsync(int count, CancellationToken ct)
    {
        await using var db = site.CreateDbContext();
        var samples = await db.Samples.EditableBy(userId).Select(s => new { s.Id, s.ProjectId }).OrderBy(s => s.Id).ToListAsync(ct);
        var datasets = await db.Datasets.VisibleTo(userId).Select(d => d.Id).OrderBy(id => id).ToListAsync(ct);
        var random = new Random(4);
        return (
            [.. Enumerable.Range(0, count).Select(_ => samples[random.Next(samples.Count)]).Select(s => (s.Id, s.ProjectId))],
            [.. Enumerable.Range(0, count).Select(_ => datasets[random.Next(datasets.Count)])]);
    }
}

using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Pairs;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Crates;

/// <summary>Everything that is told in a crate, as its reader sees it.</summary>
/// <param name="Id">Of the project or item.</param>
/// <param name="Labs">Whose work it is, by name.</param>
/// <param name="Annotated">Signals that somebody has drawn on.</param>
internal sealed record CrateRecords(
    Guid Id, string Title, string Description, IReadOnlyList<string> Labs, ProvenanceGraph Graph, IReadOnlyList<Sample> Samples, IReadOnlyList<SamplePair> Pairs, IReadOnlyList<Step> Steps,
    IReadOnlyList<CrateDataset> Datasets, IReadOnlyList<CrateResult> Results, IReadOnlyList<(Guid Dataset, int Signal)> Annotated)
{
    /// <summary>What of the graph is visible, and what corrects its steps; <paramref name="projectId"/> keeps what lies in that project.</summary>
    public static async Task<CrateRecords> ReadAsync(CryoHubDb db, Guid userId, string title, string description, ProvenanceGraph graph, Guid? projectId, CancellationToken ct)
    {
        IQueryable<T> Seen<T>(IQueryable<T> rows)
            where T : class, IInProject => rows.VisibleTo(userId).Where(row => projectId == null || row.ProjectId == projectId);

        Guid[] Of(NodeKind kind) => [.. graph.Nodes.Where(node => node.Kind == kind && !node.IsHidden).Select(node => node.Id)];
        var (sampleIds, stepIds, datasetIds, resultIds) = (Of(NodeKind.Sample), Of(NodeKind.Step), Of(NodeKind.Dataset), Of(NodeKind.Result));
        var samples = await Seen(db.Samples).Where(s => sampleIds.Contains(s.Id)).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).AsNoTracking().ToListAsync(ct);
        var seen = samples.Select(s => s.Id).ToHashSet();
        var pairs = (await PairBook.Of(db, seen).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).AsNoTracking().ToListAsync(ct)).Where(p => seen.Contains(p.ControlId) && seen.Contains(p.TreatedId)).ToList();
        var steps = await Seen(db.Steps).Where(s => stepIds.Contains(s.Id) || (s.CorrectsId != null && stepIds.Contains(s.CorrectsId.Value)))
            .Include(s => s.Samples).Include(s => s.Datasets).OrderBy(s => s.StartedAt).ThenBy(s => s.Id).AsSplitQuery().AsNoTracking().ToListAsync(ct);
        var datasets = await DatasetsAsync(Seen(db.Datasets).Where(d => datasetIds.Contains(d.Id)), ct);
        var results = await Seen(db.Results).Where(r => resultIds.Contains(r.Id) && r.Job.Kind == JobKinds.Analysis).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id)
            .Select(r => new CrateResult(
                r.Id, r.ProjectId, r.Title,
                r.Items.Where(i => i.ObjectKey != "").OrderBy(i => i.Index).Select(i => new CrateObject(i.Index, i.Name, i.ObjectKey, i.Kind == ResultKind.File ? i.Content : null)).ToList()))
            .AsNoTracking().ToListAsync(ct);
        var annotated = await Seen(db.Shapes).Where(s => datasetIds.Contains(s.Layer.DatasetId)).Select(s => new { s.Layer.DatasetId, s.Layer.SignalIndex }).Distinct()
            .OrderBy(layer => layer.DatasetId).ThenBy(layer => layer.SignalIndex).ToListAsync(ct);
        var projects = samples.Select(s => s.ProjectId).Concat(steps.Select(s => s.ProjectId)).Concat(datasets.Select(d => d.ProjectId)).Concat(results.Select(r => r.ProjectId)).Distinct().ToArray();
        var labs = await db.Projects.VisibleTo(userId).Where(p => projects.Contains(p.Id) || p.Id == graph.Origin).Select(p => p.Lab.Name).Distinct().OrderBy(name => name).ToListAsync(ct);
        return new(graph.Origin, title, description, labs, graph, samples, pairs, steps, datasets, results, [.. annotated.Select(layer => (layer.DatasetId, layer.SignalIndex))]);
    }

    private static async Task<List<CrateDataset>> DatasetsAsync(IQueryable<Dataset> datasets, CancellationToken ct)
    {
        var rows = await datasets.Where(d => d.Status != DatasetStatus.Receiving).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id)
            .Select(d => new
            {
                d.Id,
                d.ProjectId,
                d.Name,
                d.Kind,
                d.Format,
                d.Status,
                d.Notes,
                d.SampleId,
                Session = d.Session == null ? null : d.Session.Name,
                d.ResultId,
                d.ResultItem,
                d.AcquiredAt,
                d.CreatedAt,
                d.BeamEnergyKeV,
                d.Elements,
                Files = d.Files.OrderBy(f => f.Path).ToList(),
                Signals = d.Signals.OrderBy(s => s.Index).Select(s => new CrateSignal(s.Index, s.Name, s.Kind, s.PixelType, s.Shape, s.Axes, s.ValueUnit)).ToList(),
            })
            .AsSplitQuery().AsNoTracking().ToListAsync(ct);
        return
        [
            .. rows.Select(d => new CrateDataset(
                d.Id, d.ProjectId, d.Name, d.Kind, d.Format, d.Status, d.Notes, d.SampleId, d.Session, d.ResultId, d.ResultItem, d.AcquiredAt, d.CreatedAt, d.BeamEnergyKeV, d.Elements,
                [.. d.Files.Select(f => new FileRow(f.Id, f.Path, f.Size, Convert.ToHexStringLower(f.Sha256), f.IsPrimary, f.VerifiedAt, f.Damage))], d.Signals)),
        ];
    }
}

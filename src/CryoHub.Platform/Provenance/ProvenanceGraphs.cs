using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Steps;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Provenance;

/// <summary>From any figure back to the cell, and from the cell to every figure.</summary>
public sealed class ProvenanceGraphs(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>The graph around an item; <c>null</c> where the person sees no such item.</summary>
    public async Task<ProvenanceGraph?> OfAsync(Guid userId, NodeKind kind, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await IsVisibleAsync(db, userId, kind, id, ct))
        {
            return null;
        }

        var up = await ProvenanceWalk.UpAsync(db, kind, id, ct);
        var down = await ProvenanceWalk.DownAsync(db, kind, id, ct);
        var edges = up.Skip(1).Select(hop => new ProvenanceEdge(hop.Id, hop.FromId)).Concat(down.Skip(1).Select(hop => new ProvenanceEdge(hop.FromId, hop.Id))).Distinct().ToList();
        var known = await NodesAsync(db, userId, up.Concat(down).Select(hop => ((NodeKind)hop.Kind, hop.Id)).ToHashSet(), ct);
        return HiddenNodes.Told(new ProvenanceGraph(id, InOrder(known, edges), edges, up.Count < ProvenanceWalk.Most && down.Count < ProvenanceWalk.Most));
    }

    /// <summary>All that lies in a project, and what it came from; <c>null</c> where the project cannot be seen. The caller has looked that it is not too much.</summary>
    public async Task<ProvenanceGraph?> OfProjectAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return null;
        }

        var own = new HashSet<(NodeKind Kind, Guid Id)>();
        own.UnionWith((await db.Samples.VisibleTo(userId).Where(s => s.ProjectId == projectId).Select(s => s.Id).ToListAsync(ct)).Select(id => (NodeKind.Sample, id)));
        own.UnionWith((await db.Steps.VisibleTo(userId).Where(s => s.ProjectId == projectId && s.CorrectsId == null).Select(s => s.Id).ToListAsync(ct)).Select(id => (NodeKind.Step, id)));
        own.UnionWith((await db.Datasets.VisibleTo(userId).Where(d => d.ProjectId == projectId && d.Status != DatasetStatus.Receiving).Select(d => d.Id).ToListAsync(ct)).Select(id => (NodeKind.Dataset, id)));
        own.UnionWith((await db.Results.VisibleTo(userId).Where(r => r.ProjectId == projectId && r.Job.Kind == JobKinds.Analysis).Select(r => r.Id).ToListAsync(ct)).Select(id => (NodeKind.Result, id)));
        var hops = await ProvenanceWalk.NearCausesAsync(db, [.. own.Select(node => (int)node.Kind)], [.. own.Select(node => node.Id)], ct);
        var edges = hops.Select(hop => new ProvenanceEdge(hop.Id, hop.FromId)).Distinct().ToList();
        own.UnionWith(hops.Select(hop => ((NodeKind)hop.Kind, hop.Id)));
        return HiddenNodes.Told(new ProvenanceGraph(projectId, InOrder(await NodesAsync(db, userId, own, ct), edges), edges, IsWhole: true));
    }

    private static Task<bool> IsVisibleAsync(CryoHubDb db, Guid userId, NodeKind kind, Guid id, CancellationToken ct) => kind switch
    {
        NodeKind.Sample => db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == id, ct),
        NodeKind.Step => db.Steps.VisibleTo(userId).AnyAsync(s => s.Id == id, ct),
        NodeKind.Dataset => db.Datasets.VisibleTo(userId).AnyAsync(d => d.Id == id && d.Status != DatasetStatus.Receiving, ct),
        _ => db.Results.VisibleTo(userId).AnyAsync(r => r.Id == id, ct),
    };

    private static async Task<Dictionary<Guid, ProvenanceNode>> NodesAsync(CryoHubDb db, Guid userId, HashSet<(NodeKind Kind, Guid Id)> wanted, CancellationToken ct)
    {
        Guid[] Of(NodeKind kind) => [.. wanted.Where(node => node.Kind == kind).Select(node => node.Id)];
        var (samples, steps, datasets, results) = (Of(NodeKind.Sample), Of(NodeKind.Step), Of(NodeKind.Dataset), Of(NodeKind.Result));
        var nodes = new List<ProvenanceNode>();
        nodes.AddRange(await db.Samples.VisibleTo(userId).Where(s => samples.Contains(s.Id))
            .Select(s => new ProvenanceNode(NodeKind.Sample, s.Id, s.Name, s.Kind.ToString(), s.CreatedAt, false)).ToListAsync(ct));
        nodes.AddRange((await db.Steps.VisibleTo(userId).Where(s => steps.Contains(s.Id)).Select(s => new { s.Id, s.Kind, s.Person, s.StartedAt }).ToListAsync(ct))
            .Select(s => new ProvenanceNode(NodeKind.Step, s.Id, StepKinds.Find(s.Kind)?.Title ?? s.Kind, s.Person, s.StartedAt, false)));
        nodes.AddRange(await db.Datasets.VisibleTo(userId).Where(d => datasets.Contains(d.Id))
            .Select(d => new ProvenanceNode(NodeKind.Dataset, d.Id, d.Name, d.Kind, d.AcquiredAt ?? d.CreatedAt, false)).ToListAsync(ct));
        nodes.AddRange(await db.Results.VisibleTo(userId).Where(r => results.Contains(r.Id))
            .Select(r => new ProvenanceNode(NodeKind.Result, r.Id, r.Title, r.Job.AnalysisKey, r.CreatedAt, false)).ToListAsync(ct));
        var seen = nodes.ToDictionary(node => node.Id);
        foreach (var (kind, id) in wanted.Where(node => !seen.ContainsKey(node.Id)))
        {
            seen[id] = new ProvenanceNode(kind, id, "", "", null, IsHidden: true);
        }

        return seen;
    }

    /// <summary>Causes before effects; of equals, the older first.</summary>
    private static List<ProvenanceNode> InOrder(Dictionary<Guid, ProvenanceNode> nodes, List<ProvenanceEdge> edges)
    {
        var open = nodes.Keys.ToDictionary(id => id, _ => 0);
        foreach (var edge in edges)
        {
            open[edge.To]++;
        }

        var effects = edges.ToLookup(edge => edge.From, edge => edge.To);
        var ready = new PriorityQueue<Guid, DateTimeOffset>(open.Where(pair => pair.Value == 0).Select(pair => (pair.Key, nodes[pair.Key].At ?? DateTimeOffset.MinValue)));
        var order = new List<ProvenanceNode>(nodes.Count);
        while (ready.TryDequeue(out var id, out _))
        {
            order.Add(nodes[id]);
            foreach (var effect in effects[id])
            {
                if (--open[effect] == 0)
                {
                    ready.Enqueue(effect, nodes[effect].At ?? DateTimeOffset.MinValue);
                }
            }
        }

        return order;
    }
}

namespace CryoHub.Platform.Provenance;

/// <summary>What a reader is told of things in projects that are not theirs: that a visible thing came from something, or that a line goes on behind; never what others made of it.</summary>
internal static class HiddenNodes
{
    public static ProvenanceGraph Told(ProvenanceGraph graph)
    {
        var hidden = graph.Nodes.Where(node => node.IsHidden).Select(node => node.Id).ToHashSet();
        if (hidden.Count == 0)
        {
            return graph;
        }

        var causes = graph.Edges.ToLookup(edge => edge.To, edge => edge.From);
        var effects = graph.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var (before, after) = (Seeing(graph.Nodes, causes, hidden), Seeing(graph.Nodes.Reverse(), effects, hidden));
        var names = hidden.Where(id => effects[id].Any(effect => !hidden.Contains(effect)) || (before.Contains(id) && after.Contains(id)))
            .Select((id, i) => (id, Name: new Guid(i + 1, 0, 0, new byte[8]))).ToDictionary(pair => pair.id, pair => pair.Name);
        Guid? Name(Guid id) => !hidden.Contains(id) ? id : names.TryGetValue(id, out var name) ? name : null;
        return graph with
        {
            Nodes = [.. graph.Nodes.Where(node => Name(node.Id) is not null).Select(node => node with { Id = Name(node.Id)!.Value })],
            Edges = [.. graph.Edges.Where(edge => Name(edge.From) is not null && Name(edge.To) is not null).Select(edge => new ProvenanceEdge(Name(edge.From)!.Value, Name(edge.To)!.Value))],
        };
    }

    /// <summary>Nodes with something visible among all that lies on the side of <paramref name="next"/>; <paramref name="order"/> has that side first.</summary>
    private static HashSet<Guid> Seeing(IEnumerable<ProvenanceNode> order, ILookup<Guid, Guid> next, HashSet<Guid> hidden)
    {
        var seeing = new HashSet<Guid>();
        foreach (var node in order.Where(node => next[node.Id].Any(id => !hidden.Contains(id) || seeing.Contains(id))))
        {
            seeing.Add(node.Id);
        }

        return seeing;
    }
}

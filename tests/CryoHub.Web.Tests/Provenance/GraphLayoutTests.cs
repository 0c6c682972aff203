using CryoHub.Platform.Provenance;
using CryoHub.Web.Features.Provenance;

namespace CryoHub.Web.Tests.Provenance;

public sealed class GraphLayoutTests
{
    /// <summary>A cell cut into pieces, each imaged and evaluated, some of it together: 500 items, in the order of cause.</summary>
    [Fact]
    public void Of_500_items_none_covers_another_and_every_effect_is_right_of_its_causes()
    {
        var random = new Random(5);
        var nodes = Enumerable.Range(0, 500).Select(i => new ProvenanceNode(NodeKind.Sample, Guid.CreateVersion7(), $"S-{i}", "", null, false)).ToList();
        var edges = Enumerable.Range(1, 499).SelectMany(i => Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(i)).Distinct().Select(cause => new ProvenanceEdge(nodes[cause].Id, nodes[i].Id))).ToList();
        var layout = new GraphLayout(new ProvenanceGraph(nodes[0].Id, nodes, edges, true));

        var places = nodes.ToDictionary(node => node.Id, layout.Of);
        Assert.All(edges, edge => Assert.True(places[edge.From].X + GraphLayout.NodeWidth < places[edge.To].X));
        var taken = places.Values.Order().ToList();
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.True(pair.First.X != pair.Second.X || pair.First.Y + GraphLayout.NodeHeight < pair.Second.Y));
        Assert.All(places.Values, place => Assert.True(place.X + GraphLayout.NodeWidth <= layout.Width && place.Y + GraphLayout.NodeHeight <= layout.Height));
    }
}

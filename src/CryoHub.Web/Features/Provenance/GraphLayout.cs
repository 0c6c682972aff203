using CryoHub.Platform.Provenance;

namespace CryoHub.Web.Features.Provenance;

/// <summary>
/// Places a graph in columns, causes left of effects: a node stands one column after its latest cause, and within a column near the middle of its causes
/// (Sugiyama, Tagawa and Toda, IEEE Trans. Syst. Man Cybern. 11 (1981) 109), so that few lines cross.
/// </summary>
internal sealed class GraphLayout
{
    public const int NodeWidth = 196;
    public const int NodeHeight = 44;
    private const int ColumnStep = 252;
    private const int RowStep = 58;
    private const int Margin = 16;

    private readonly Dictionary<Guid, (int X, int Y)> places = [];

    public GraphLayout(ProvenanceGraph graph)
    {
        Graph = graph;
        var causes = graph.Edges.ToLookup(edge => edge.To, edge => edge.From);
        var column = new Dictionary<Guid, int>();
        foreach (var node in graph.Nodes)
        {
            column[node.Id] = causes[node.Id].Select(cause => column[cause] + 1).DefaultIfEmpty(0).Max();
        }

        var rows = new Dictionary<Guid, double>();
        foreach (var nodes in graph.Nodes.GroupBy(node => column[node.Id]).OrderBy(group => group.Key))
        {
            var row = 0;
            foreach (var node in nodes.OrderBy(node => causes[node.Id].Select(cause => rows[cause]).DefaultIfEmpty(0).Average()))
            {
                rows[node.Id] = row;
                places[node.Id] = (Margin + (nodes.Key * ColumnStep), Margin + (row * RowStep));
                row++;
            }
        }

        Width = Margin + places.Values.Select(place => place.X + NodeWidth).DefaultIfEmpty(0).Max();
        Height = Margin + places.Values.Select(place => place.Y + NodeHeight).DefaultIfEmpty(0).Max();
    }

    public ProvenanceGraph Graph { get; }

    public int Width { get; }

    public int Height { get; }

    public (int X, int Y) Of(ProvenanceNode node) => places[node.Id];

    /// <summary>A curve from the right side of the cause to the left side of the effect, as an SVG path.</summary>
    public string Path(ProvenanceEdge edge)
    {
        var (from, to) = (places[edge.From], places[edge.To]);
        var (x1, y1, x2, y2) = (from.X + NodeWidth, from.Y + (NodeHeight / 2), to.X, to.Y + (NodeHeight / 2));
        var middle = (x1 + x2) / 2;
        return FormattableString.Invariant($"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}");
    }
}

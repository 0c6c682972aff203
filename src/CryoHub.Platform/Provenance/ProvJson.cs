using System.Globalization;
using System.Text.Json.Nodes;

namespace CryoHub.Platform.Provenance;

/// <summary>A graph in the W3C's PROV-JSON (www.w3.org/submissions/prov-json): samples, data sets and results are entities, steps and runs of analyses activities.</summary>
public static class ProvJson
{
    public static JsonObject Of(ProvenanceGraph graph)
    {
        var kinds = graph.Nodes.ToDictionary(node => node.Id, node => node.Kind);
        var (entities, activities, used, generated) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var node in graph.Nodes)
        {
            var about = Describe(node);
            if (node.Id == graph.Origin && !graph.IsWhole)
            {
                about["cryohub:isWhole"] = false;   // what lies farther away was left out
            }

            (node.Kind == NodeKind.Step ? activities : entities)[Name(node)] = about;
            if (node.Kind == NodeKind.Result)
            {
                activities[Run(node.Id)] = new JsonObject { ["prov:label"] = $"run of {(node.IsHidden ? "an analysis" : node.Detail)}" };
                generated[$"_:g{generated.Count + 1}"] = new JsonObject { ["prov:entity"] = Name(node), ["prov:activity"] = Run(node.Id) };
            }
        }

        var derived = new JsonObject();
        var names = graph.Nodes.ToDictionary(node => node.Id, Name);
        foreach (var (from, to) in graph.Edges)
        {
            if (kinds[to] == NodeKind.Step || kinds[to] == NodeKind.Result)
            {
                used[$"_:u{used.Count + 1}"] = new JsonObject { ["prov:activity"] = kinds[to] == NodeKind.Step ? names[to] : Run(to), ["prov:entity"] = names[from] };
            }
            else if (kinds[from] == NodeKind.Step)
            {
                generated[$"_:g{generated.Count + 1}"] = new JsonObject { ["prov:entity"] = names[to], ["prov:activity"] = names[from] };
            }
            else
            {
                derived[$"_:d{derived.Count + 1}"] = new JsonObject { ["prov:generatedEntity"] = names[to], ["prov:usedEntity"] = names[from] };
            }
        }

        return new JsonObject
        {
            ["prefix"] = new JsonObject { ["prov"] = "http://www.w3.org/ns/prov#", ["cryohub"] = "urn:cryohub:" },
            ["entity"] = entities,
            ["activity"] = activities,
            ["used"] = used,
            ["wasGeneratedBy"] = generated,
            ["wasDerivedFrom"] = derived,
        };
    }

    private static string Name(ProvenanceNode node) => $"cryohub:{node.Kind.ToString().ToLowerInvariant()}-{node.Id}";

    private static string Run(Guid result) => $"cryohub:run-{result}";

    private static JsonObject Describe(ProvenanceNode node)
    {
        var about = new JsonObject { ["prov:label"] = node.IsHidden ? "not shared" : node.Name, ["prov:type"] = $"cryohub:{node.Kind.ToString().ToLowerInvariant()}" };
        if (node.Detail.Length > 0)
        {
            about["cryohub:detail"] = node.Detail;
        }

        if (node.At is { } at)
        {
            about[node.Kind == NodeKind.Step ? "prov:startTime" : "prov:generatedAtTime"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        return about;
    }
}

using System.Text.Json.Nodes;

namespace CryoHub.Formats.Ebsd;

/// <summary>The header lines of an .ang file: <c>key: value</c> or <c>key  value</c>, the keys of each phase in a group of their own.</summary>
internal static class AngHeader
{
    private static readonly string[] PhaseKeys =
        ["Phase", "MaterialName", "Formula", "Info", "Symmetry", "PointGroupID", "LatticeConstants", "NumberFamilies", "hklFamilies", "ElasticConstants", "Categories"];

    public static JsonObject Parse(IEnumerable<string> lines)
    {
        var tree = new JsonObject();
        var phases = new JsonArray();
        foreach (var (key, value) in lines.Select(Split).OfType<(string, string)>())
        {
            if (!PhaseKeys.Contains(key))
            {
                tree[key] = value;
                continue;
            }

            if (phases.Count == 0 || key == "Phase" || (key == "MaterialName" && phases[^1]!.AsObject().ContainsKey(key)))
            {
                phases.Add((JsonNode)new JsonObject());
            }

            var phase = phases[^1]!.AsObject();
            if (key is "hklFamilies" or "ElasticConstants")
            {
                (phase[key] as JsonArray ?? (JsonArray)(phase[key] = new JsonArray())).Add((JsonNode)JsonValue.Create(value));
            }
            else
            {
                phase[key] = value;
            }
        }

        tree["phases"] = phases;
        return tree;
    }

    private static (string Key, string Value)? Split(string line)
    {
        line = line.Trim();
        var end = line.IndexOfAny([' ', '\t', ':']);
        return line.Length == 0 ? null : end < 0 ? (line, "") : (line[..end], line[(end + 1)..].Trim());
    }
}

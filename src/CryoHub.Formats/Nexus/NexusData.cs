using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nexus;

/// <summary>
/// Which array of a group is its signal, and its axes, <see href="https://manual.nexusformat.org/datarules.html#find-plottable-data"/>: attributes of the group
/// (since 2014), the attribute <c>axes</c> of the signal, or the attributes <c>axis</c> of the lists.
/// </summary>
internal static class NexusData
{
    private static readonly char[] Separators = [':', ',', ' ', '[', ']'];

    public static bool IsSignal(JsonObject group, string member, Hdf5Node node) =>
        group["signal"] is JsonValue signal && signal.TryGetValue(out string? name) ? name == member || Names(group["auxiliary_signals"]).Contains(member)
            : node.Attributes["signal"]?.ToString() == "1";

    /// <summary><c>null</c> where nothing is said of the axes.</summary>
    public static IReadOnlyList<Axis>? Axes(Hdf5File file, string path, JsonObject group, Hdf5Node node)
    {
        var rank = node.Dataset.Shape.Count;
        var names = new string?[rank];
        if (group.ContainsKey("signal") && group.ContainsKey("axes"))
        {
            ByGroup(group, names);
        }
        else if (node.Attributes.ContainsKey("axes"))
        {
            var listed = Names(node.Attributes["axes"]);
            for (var i = 0; i < Math.Min(rank, listed.Count); i++)
            {
                names[i] = listed[i];
            }
        }
        else
        {
            ByMembers(group, names);
        }

        return names.All(name => name is null or ".") ? null
            : [.. names.Select((name, i) => Read(file, path, group, name, node.Dataset.Shape[i], i, rank))];
    }

    // axes lists the names; NAME_indices, where it is there, says of which dimension each is.
    private static void ByGroup(JsonObject group, string?[] names)
    {
        var listed = Names(group["axes"]);
        for (var i = 0; i < listed.Count; i++)
        {
            var indices = group[$"{listed[i]}_indices"];
            var first = indices is JsonArray { Count: > 0 } list ? list[0] : indices;
            var dimension = first is JsonValue value && int.TryParse(value.ToString(), out var at) ? at : i;
            if (dimension >= 0 && dimension < names.Length && listed[i] != "." && names[dimension] is null)
            {
                names[dimension] = listed[i];
            }
        }
    }

    // axis = 1 means the slowest dimension of the signal; primary = 1 wins.
    private static void ByMembers(JsonObject group, string?[] names)
    {
        foreach (var (key, value) in group)
        {
            if (key.EndsWith("@axis", StringComparison.Ordinal) && int.TryParse(value?.ToString(), out var at) && at >= 1 && at <= names.Length)
            {
                var name = key[..^"@axis".Length];
                if (names[at - 1] is null || group[$"{name}@primary"]?.ToString() == "1")
                {
                    names[at - 1] = name;
                }
            }
        }
    }

    private static Axis Read(Hdf5File file, string path, JsonObject group, string? name, long size, int dimension, int rank)
    {
        var fallback = rank - dimension <= 2 ? AxisRole.Space : AxisRole.Frame;
        if (name is null or ".")
        {
            return new Axis((rank - dimension) switch { 1 => "x", 2 => "y", _ => $"frame{dimension + 1}" }, size, "", fallback);
        }

        var attributes = file.Attributes($"{path}/{name}");
        var unit = attributes["units"] is JsonValue units && units.TryGetValue(out string? stated) ? stated : "";
        var values = Hdf5Curve.Read(file, $"{path}/{name}");
        if (values is not null && values.Length == size + 1)
        {
            values = [.. Enumerable.Range(0, (int)size).Select(i => (values[i] + values[i + 1]) / 2)];     // edges of a histogram's bins
        }

        return values?.Length == size ? Hdf5Curve.Axis(name, unit, values) : new Axis(name, size, "", AxisRoles.Of(name, ""));
    }

    private static List<string> Names(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Select(name => name?.ToString() ?? ".")],
        JsonValue text => [.. text.ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries)],
        _ => [],
    };
}

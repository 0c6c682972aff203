using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>Every leaf of a metadata tree under its path, for asking whether a key of the reference is there with its value.</summary>
internal sealed class TreeValues
{
    private readonly Dictionary<string, List<string>> byKey = new(StringComparer.Ordinal);

    public TreeValues(MetadataTree tree) => Collect(tree.Root, []);

    /// <summary>True where the last names of a leaf's path are those of <paramref name="key"/> (parted by a slash) and its value is the expected one.</summary>
    public bool Holds(string key, JsonNode? value) => value switch
    {
        JsonObject group => group.All(pair => Holds(pair.Key, pair.Value)),
        JsonArray list => list.All(item => Holds(key, item)),
        _ => byKey.TryGetValue(key, out var values) && values.Exists(actual => IsSame(value?.ToString() ?? "", actual)),
    };

    private void Collect(JsonNode? node, IReadOnlyList<string> path)
    {
        switch (node)
        {
            case JsonObject group:
                foreach (var (name, child) in group)
                {
                    Collect(child, [.. path, name]);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Collect(item, path);
                }

                break;
            default:
                for (var names = 1; names <= path.Count; names++)
                {
                    var key = string.Join('/', path.TakeLast(names));
                    if (!byKey.TryGetValue(key, out var values))
                    {
                        byKey[key] = values = [];
                    }

                    values.Add(node?.ToString() ?? "");
                }

                break;
        }
    }

    /// <summary>Text as it is, where the reference could not decode a character any will do; numbers to 1e-6.</summary>
    private static bool IsSame(string expected, string actual)
    {
        var (e, a) = (string.Join(' ', expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), string.Join(' ', actual.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return (e.Length == a.Length && e.Zip(a).All(pair => pair.First == pair.Second || pair.First == '\uFFFD'))
            || (double.TryParse(e, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
                && Math.Abs(x - y) <= 1e-6 * Math.Abs(x));
    }
}

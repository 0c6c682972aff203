using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Jpk;

/// <summary>Lines "key=value" as Java writes them, with \: and \= for the signs themselves.</summary>
internal sealed class JpkProperties
{
    private readonly Dictionary<string, string> lines = new(StringComparer.Ordinal);

    public JsonObject Original => new(lines.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    public static JpkProperties Parse(byte[] text)
    {
        var properties = new JpkProperties();
        foreach (var line in Encoding.Latin1.GetString(text).Split('\n').Select(line => line.Trim('\r', ' ')).Where(line => !line.StartsWith('#')))
        {
            if (line.IndexOf('=') is > 0 and var at)
            {
                properties.lines[line[..at].Replace("\\", "", StringComparison.Ordinal)] = line[(at + 1)..].Replace("\\", "", StringComparison.Ordinal).Trim();
            }
        }

        return properties;
    }

    public string? Text(string key) => lines.GetValueOrDefault(key) is { Length: > 0 } text ? text : null;

    public double? Number(string key) => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

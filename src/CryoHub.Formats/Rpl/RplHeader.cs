using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Rpl;

/// <summary>The keys of a .rpl file; also of INCA's, which writes <c>(MLX::width : 512)</c>.</summary>
internal sealed class RplHeader
{
    private const int MostLines = 10_000;

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    private RplHeader(string name) => Name = name;

    public string Name { get; }

    public JsonObject Original { get; } = [];

    public static RplHeader Parse(string name, TextBytes text)
    {
        var header = new RplHeader(name);
        foreach (var line in text.Lines(MostLines))
        {
            header.Add(line.Split(';')[0].Replace("(MLX::", "", StringComparison.OrdinalIgnoreCase).Trim(' ', '\t', '(', ')', '\0'));
        }

        return header;
    }

    public string? Text(string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    public double? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A size, an offset or a number of bytes.</summary>
    public long Whole(string key, long? otherwise = null) =>
        Number(key) is >= 0 and < 1e15 and var number && Math.Floor(number) == number ? (long)number
        : Text(key) is null && otherwise is { } known ? known
        : throw ProblemException.Unreadable($"{Name} states \"{Text(key) ?? "nothing"}\" for {key}; a whole number is expected.");

    private void Add(string line)
    {
        var end = line.IndexOfAny([' ', '\t', ':']);
        if (end <= 0)
        {
            return;
        }

        var (key, value) = (line[..end], line[end..].Trim(' ', '\t', ':'));
        Original[key] = XmlJson.Leaf(value);
        values[key] = value;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Nrrd;

/// <summary>The lines before the first empty one: "field: value", "key:=value", comments.</summary>
internal sealed partial class NrrdHeader
{
    private const int LongestHeader = 1 << 20;

    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything stated, under its own name.</summary>
    public JsonObject Original { get; } = [];

    /// <summary>File names that follow a "data file: LIST".</summary>
    public List<string> Listed { get; } = [];

    /// <summary>First byte behind the header.</summary>
    public long Length { get; private init; }

    public static async Task<NrrdHeader> ReadAsync(string name, IByteSource file, CancellationToken ct)
    {
        var head = await file.ReadBlockAsync(0, Math.Min(file.Length, LongestHeader), ct);
        if (!head.AsSpan().StartsWith("NRRD000"u8))
        {
            throw ProblemException.Unreadable($"{name} does not begin with NRRD000 and a version.");
        }

        var at = 0;
        List<string> lines = [];
        while (at < head.Length)
        {
            var end = head.AsSpan(at).IndexOf((byte)'\n');
            var line = Encoding.UTF8.GetString(head.AsSpan(at, end < 0 ? head.Length - at : end)).TrimEnd('\r');
            at = end < 0 ? head.Length : at + end + 1;
            if (line.Length == 0)
            {
                break;
            }

            lines.Add(line);
        }

        var header = new NrrdHeader { Length = at };
        foreach (var line in lines.Skip(1))
        {
            header.Add(line);
        }

        return header;
    }

    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    public string Needed(string name) => Text(name) ?? throw ProblemException.Unreadable($"The NRRD header states no {name}.");

    public long Whole(string name, string other, long otherwise) => Text(name, other) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw ProblemException.Unreadable($"The NRRD header states {text} for {name}; a whole number is expected.");

    /// <summary>Numbers between blanks; NaN where none is stated.</summary>
    public double[] Numbers(params ReadOnlySpan<string> names) =>
        [.. (Text(names) ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => Number(word))];

    /// <summary>Vectors in brackets, one an axis; <c>null</c> for "none".</summary>
    public double[]?[] Vectors(string name) =>
        [.. Vector().Matches(Text(name) ?? "").Select(match => match.Value == "none" ? null : Parts(match.Value))];

    /// <summary>Texts in quotes, one an axis.</summary>
    public string[] Quoted(string name) => [.. Quote().Matches(Text(name) ?? "").Select(match => match.Groups["text"].Value)];

    public long[] Sizes()
    {
        var words = Needed("sizes").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var dimension = Whole("dimension", "dimension", words.Length);
        var sizes = words.Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        return sizes.Length == dimension && sizes.Length is > 0 and <= 16 && sizes.All(size => size > 0) ? sizes
            : throw ProblemException.Unreadable($"The NRRD header states {dimension} dimensions and the sizes {string.Join(" ", words.Take(16))}.");
    }

    private void Add(string line)
    {
        if (line.StartsWith('#'))
        {
            return;
        }

        var (at, length) = line.IndexOf(":=", StringComparison.Ordinal) is >= 0 and var custom
            ? (custom, 2) : (line.IndexOf(": ", StringComparison.Ordinal), 2);
        if (at <= 0)
        {
            if (fields.ContainsKey("data file") || fields.ContainsKey("datafile"))
            {
                Listed.Add(line.Trim());
            }

            return;
        }

        var (name, value) = (line[..at].Trim(), line[(at + length)..].Trim());
        Original[name] = value;
        if (line[at + 1] != '=')
        {
            fields[name] = value;
        }
    }

    private static double[] Parts(string vector) => [.. vector.Trim('(', ')').Split(',').Select(word => Number(word.Trim()))];

    private static double Number(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(@"\([^()]*\)|\bnone\b")]
    private static partial Regex Vector();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex Quote();
}

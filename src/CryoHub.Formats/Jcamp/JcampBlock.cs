using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jcamp;

/// <summary>The labelled records of one block, between ##TITLE= and ##END=; the lines of its data stay in the text.</summary>
internal sealed class JcampBlock
{
    private const int DeepestLink = 16;
    private const int LongestValue = 64 << 10;

    private static readonly string[] DataLabels = ["XYDATA", "XYPOINTS", "PEAKTABLE", "PEAKASSIGNMENTS", "RADATA", "DATATABLE", "ASSIGNMENTS"];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Labels as written, with their values.</summary>
    public JsonObject Tree { get; } = [];

    /// <summary>Where the data tables are, with the values that a page states before its table.</summary>
    public List<JcampTable> Tables { get; } = [];

    /// <summary>The value of a label, told without blanks, dashes, slashes and underlines; comments cut off.</summary>
    public string? this[string label] => values.TryGetValue(label, out var value) && value.Length > 0 ? value : null;

    public double? Number(string label) => Parse(this[label]);

    /// <summary>The numbers of a list, as in the columns of an NTUPLES block.</summary>
    public string[] List(string label) => this[label]?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    public static double? Parse(string? text)
    {
        var first = text?.Split([' ', '\t', ','], 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>All blocks that have data, those within links too, in the order of the file.</summary>
    /// <exception cref="ProblemException">Unreadable: blocks nested without end.</exception>
    public static List<JcampBlock> ReadAll(TextBytes text)
    {
        var blocks = new List<JcampBlock>();
        var open = new Stack<JcampBlock>();
        string? label = null;
        var value = "";
        var page = "";
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            text.NextLine(ref at, out var bytes);
            if (!bytes.TrimStart(" \t"u8).StartsWith("##"u8))
            {
                if (label is not null && value.Length < LongestValue)
                {
                    value += "\n" + text.Decode(bytes);
                }

                continue;
            }

            Close();
            var line = text.Decode(bytes).TrimStart();
            var equals = line.IndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            label = line[2..equals].Trim();
            value = line[(equals + 1)..];
            var name = Normal(label);
            if (name == "TITLE")
            {
                if (open.Count >= DeepestLink)
                {
                    throw ProblemException.Unreadable($"Blocks are nested deeper than {DeepestLink} levels.");
                }

                open.Push(new JcampBlock());
                blocks.Add(open.Peek());
            }
            else if (name == "PAGE")
            {
                page = value.Trim();
            }
            else if (DataLabels.Contains(name) && open.TryPeek(out var block) && Form(value) is { } form)
            {
                block.Tables.Add(new JcampTable(name, form, at, EndOf(text, ref at), page));
                label = null;
                block.Tree[name == "DATATABLE" ? $"DATA TABLE {block.Tables.Count}" : name] = JsonValue.Create(line[(equals + 1)..].Trim());
            }
            else if (name == "END")
            {
                Close();
                open.TryPop(out _);
            }
        }

        Close();
        return blocks;

        void Close()
        {
            if (label is not null && open.TryPeek(out var block))
            {
                block.Keep(label, value);
            }

            label = null;
        }
    }

    internal static string Normal(string label) => new([.. label.ToUpperInvariant().Where(c => c is not (' ' or '-' or '/' or '_'))]);

    /// <summary>Without the comment that begins with $$.</summary>
    internal static string WithoutComment(string text) => text.IndexOf("$$", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment] : text;

    private void Keep(string label, string value)
    {
        Tree[label] = value.Trim();
        var lines = value.Split('\n').Select(line => WithoutComment(line).Trim()).Where(line => line.Length > 0);
        values[Normal(label)] = string.Join('\n', lines);
    }

    /// <summary>The form of a table, for instance <c>(X++(Y..Y))</c>; <c>null</c> for a label that only names its data, as <c>##DATA CLASS= ##XYDATA=</c> does.</summary>
    private static string? Form(string value)
    {
        var text = new string([.. WithoutComment(value).Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant();
        var open = text.IndexOf('(');
        return open < 0 ? null : text[open..].Split("),", 2)[0].TrimEnd(')');
    }

    /// <summary>The data end before the next label.</summary>
    private static int EndOf(TextBytes text, ref int at)
    {
        while (true)
        {
            var start = at;
            if (!text.NextLine(ref at, out var line))
            {
                return at;
            }

            if (line.TrimStart(" \t"u8).StartsWith("##"u8))
            {
                at = start;
                return start;
            }
        }
    }
}

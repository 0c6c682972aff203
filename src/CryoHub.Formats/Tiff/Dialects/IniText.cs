using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Sections and "name=value" lines, as SEM vendors keep them in tags and side files.</summary>
internal sealed class IniText
{
    private const int LongestFile = 1 << 20;

    public JsonObject Sections { get; } = [];

    public static IniText Parse(string text)
    {
        var ini = new IniText();
        var section = ini.Section("");
        foreach (var line in text.Split('\n').Select(line => line.Trim(' ', '\r', '\t', '\0')))
        {
            if (line is ['[', .. var name, ']'])
            {
                section = ini.Section(name);
            }
            else if (line.IndexOf('=') is var at and > 0)
            {
                section[line[..at].Trim()] = XmlJson.Leaf(line[(at + 1)..]);
            }
        }

        return ini;
    }

    /// <summary>The text of a side file; <c>null</c> where there is none.</summary>
    public static async Task<string?> SiblingAsync(ISourceFile file, string name, CancellationToken ct)
    {
        if (file.Sibling(name) is not { Length: <= LongestFile } sibling)
        {
            return null;
        }

        var bytes = new byte[sibling.Length];
        await sibling.ReadAsync(0, bytes, ct);
        return bytes is [0xFF, 0xFE, ..] ? System.Text.Encoding.Unicode.GetString(bytes) : System.Text.Encoding.UTF8.GetString(bytes);
    }

    public string? Text(string section, string name) => Sections[section]?[name]?.ToString() is { Length: > 0 } text ? text : null;

    public double? Number(string section, string name) =>
        double.TryParse(Text(section, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private JsonObject Section(string name)
    {
        if (Sections[name] is not JsonObject section)
        {
            Sections[name] = section = [];
        }

        return section;
    }
}

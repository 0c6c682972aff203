using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Formats.Ncmat;

/// <summary>NCrystal material files, versions 1 to 7: cell, space group and every atom of the cell; other sections stay in the tree.</summary>
public sealed class NcmatReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "ncmat",
        "NCrystal material",
        [".ncmat"],
        "Crystal structures: cell, space group number, all atoms; other sections as metadata",
        "scattering kernels and phonon spectra other than as text",
        "https://github.com/mctools/ncrystal/wiki/NCMAT-format");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("NCMAT v"u8) && head.Length > 7 && head[7] is >= (byte)'1' and <= (byte)'9' && TextBytes.LooksLikeText(TextBytes.Head(head)) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        List<string> comments = [];
        List<(string Name, List<string> Lines)> sections = [];
        foreach (var line in text.Lines().Skip(1))
        {
            var hash = line.IndexOf('#', StringComparison.Ordinal);
            if (hash >= 0)
            {
                comments.Add(line[(hash + 1)..].Trim());
            }

            var plain = (hash < 0 ? line : line[..hash]).Trim();
            if (plain.StartsWith('@'))
            {
                sections.Add((plain, []));
            }
            else if (plain.Length > 0)
            {
                (sections.Count > 0 ? sections[^1].Lines : throw ProblemException.Unreadable($"'{Cut(plain)}' stands before the first section, which begins with @.")).Add(plain);
            }
        }

        var original = Original(text.Lines(1)[0], comments, sections);
        return Lines("@CELL", sections) is not { } cell || Lines("@ATOMPOSITIONS", sections) is not { } atoms
            ? [DocumentSignal.Of(file.Name, text.Utf8, AcquisitionMetadata.None, new MetadataTree(original))]
            : [StructureSignal.Of(Path.GetFileNameWithoutExtension(file.Name), Structure(cell, Lines("@SPACEGROUP", sections), atoms), new MetadataTree(original))];
    }

    private static Crystal Structure(List<string> cell, List<string>? group, List<string> atoms)
    {
        double[] lengths = [];
        double[] angles = [90, 90, 90];
        foreach (var words in cell.Select(Words))
        {
            // "!!" repeats the length before it; "cubic a" is short for three equal lengths and right angles.
            var repeated = words.Select((word, i) => word == "!!" && i > 1 ? words[i - 1] : word).Skip(1).ToArray();
            switch (words[0])
            {
                case "lengths": lengths = [.. repeated.Select(Number)]; break;
                case "angles": angles = [.. repeated.Select(Number)]; break;
                case "cubic" when words.Length > 1: lengths = [Number(words[1]), Number(words[1]), Number(words[1])]; break;
            }
        }

        if (lengths.Length != 3 || angles.Length != 3)
        {
            throw ProblemException.Unreadable($"@CELL states {lengths.Length} lengths and {angles.Length} angles; three of each are expected.");
        }

        int? number = group is [var stated, ..] && int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 230 ? value : null;
        var symbol = number is { } known ? SpaceGroup.Find(known)?.Symbol ?? "" : "";

        // Every atom of the cell is listed, so the identity is the only operation that may be applied to them.
        return new Crystal(new UnitCell(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]), symbol, number, ["x,y,z"], [.. atoms.Select(Site)]);
    }

    private static AtomSite Site(string line) => Words(line) is [var label, var x, var y, var z]
        ? new AtomSite(label, ElementSymbol.Of(label), Number(x), Number(y), Number(z))
        : throw ProblemException.Unreadable($"'{Cut(line)}' stands where an atom and its three coordinates were expected.");

    /// <summary>A number or a fraction such as <c>1/3</c>.</summary>
    private static double Number(string word)
    {
        var parts = word.Split('/');
        return parts.Length <= 2 && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var above)
            && double.TryParse(parts.Length == 2 ? parts[1] : "1", NumberStyles.Float, CultureInfo.InvariantCulture, out var below) && double.IsFinite(above / below)
                ? above / below
                : throw ProblemException.Unreadable($"'{Cut(word)}' stands where a number was expected.");
    }

    private static List<string>? Lines(string name, List<(string Name, List<string> Lines)> sections) => sections.Find(section => section.Name == name).Lines;

    private static JsonObject Original(string version, List<string> comments, List<(string Name, List<string> Lines)> sections)
    {
        var tree = new JsonObject { ["version"] = version.Trim(), ["comments"] = string.Join('\n', comments) };
        foreach (var (name, lines) in sections)
        {
            var text = JsonValue.Create(string.Join('\n', lines));
            if (!tree.TryGetPropertyValue(name, out var there))
            {
                tree[name] = text;
            }
            else if (there is JsonArray list)
            {
                list.Add((JsonNode)text);
            }
            else
            {
                tree.Remove(name);
                tree[name] = new JsonArray(there, text);
            }
        }

        return tree;
    }

    private static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static string Cut(string text) => text[..Math.Min(40, text.Length)];
}

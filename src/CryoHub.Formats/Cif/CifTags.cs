using System.Globalization;
using CryoHub.Formats.Star;

namespace CryoHub.Formats.Cif;

/// <summary>Values of one block by their dictionary names, whether single or in a loop; capitals and the dot of mmCIF make no difference.</summary>
internal sealed class CifTags
{
    private readonly StarDocument document;
    private readonly Dictionary<string, List<StarCell>> columns = new(StringComparer.Ordinal);

    public CifTags(StarDocument document, StarBlock block)
    {
        this.document = document;
        foreach (var (name, cell) in block.Items)
        {
            columns[Key(name)] = [cell];
        }

        foreach (var loop in block.Loops)
        {
            for (var column = 0; column < loop.Names.Count; column++)
            {
                columns[Key(loop.Names[column])] = [.. Enumerable.Range(0, loop.Rows).Select(row => loop.At(row, column))];
            }
        }
    }

    /// <summary>The first of the names that is there: one text a row, empty where unknown.</summary>
    public List<string> All(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (columns.TryGetValue(Key(name), out var cells))
            {
                return [.. cells.Select(cell => document.IsNull(cell) ? "" : document.Text(cell).Trim())];
            }
        }

        return [];
    }

    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (All(name) is [{ Length: > 0 } text, ..])
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A number; its uncertainty in brackets is left out.</summary>
    public static double Parse(string text, double otherwise = double.NaN) =>
        StarTable.TryNumber(System.Text.Encoding.UTF8.GetBytes(text), out var number) ? number : otherwise;

    public double Number(string name, double otherwise = double.NaN) => Text(name) is { } text ? Parse(text, otherwise) : otherwise;

    public int? WholeNumber(params ReadOnlySpan<string> names) =>
        int.TryParse(Text(names), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Key(string name) => name.ToLowerInvariant().Replace('.', '_');
}

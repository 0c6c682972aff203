using System.Text.RegularExpressions;

namespace CryoHub.Cli.Server;

/// <summary>
/// For each file of a call those of the same folder that may belong to it by their names (x.mrc and x.mrc.mdoc, x.emi and x_1.ser): all that the server needs to decide. Naming every neighbour
/// with every file would send 200,000 names 200,000 times.
/// </summary>
public sealed partial class FileKin
{
    private static readonly string[] Endings =
        [".mdoc", ".tlt", ".rawtlt", ".raw", ".rpl", ".hdr", ".emi", ".ser", ".mrc", ".mrcs", ".st", ".ali", ".rec", ".map", ".tif", ".tiff", ".png", ".mib", ".img"];

    private readonly ILookup<string, string> families;

    public FileKin(IEnumerable<string> names) => families = names.SelectMany(name => FamiliesOf(name).Select(family => (family, name))).ToLookup(pair => pair.family, pair => pair.name);

    public IReadOnlyList<string> Of(string name) => [.. FamiliesOf(name).SelectMany(family => families[family]).Distinct().Where(other => other != name)];

    /// <summary>A .ser file belongs to the family of its own name, and to that of the .emi whose number it bears.</summary>
    private static IEnumerable<string> FamiliesOf(string name)
    {
        var own = FamilyOf(name);
        var series = name.EndsWith(".ser", StringComparison.OrdinalIgnoreCase) ? Number().Replace(own, "") : own;
        return series == own ? [own] : [own, series];
    }

    /// <summary>Folder and name without the endings that companions have.</summary>
    private static string FamilyOf(string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var name = path[folder.Length..].ToLowerInvariant();
        while (Array.Find(Endings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) is { } found)
        {
            name = name[..^found.Length];
        }

        return folder + name;
    }

    [GeneratedRegex(@"_[0-9]+\z")]
    private static partial Regex Number();
}

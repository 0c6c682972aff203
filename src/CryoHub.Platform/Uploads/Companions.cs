namespace CryoHub.Platform.Uploads;

/// <summary>
/// Which files of one drop belong together, by name alone: a stack and its .mdoc or tilt angles, .rpl and .raw, .emi and its .ser files. Every member of
/// a group finds the same group, in whatever order the files are announced.
/// </summary>
public static class Companions
{
    private static readonly string[] Stacks = [".mrc", ".mrcs", ".st", ".ali", ".rec", ".map"];
    private static readonly string[] Pictures = [".tif", ".tiff", ".png", ".mib", ".img"];

    /// <summary>A companion's ending, and the endings of the files it may belong to, best first.</summary>
    private static readonly (string Ending, string[] Owners)[] Rules =
    [
        (".mdoc", [.. Stacks, ".tif", ".tiff"]),
        (".tlt", Stacks),
        (".rawtlt", Stacks),
        (".raw", [".rpl"]),
        (".hdr", Pictures),
        (".emi", [".ser"]),
    ];

    /// <summary>The group of the file at <paramref name="path"/> among the other files of its drop.</summary>
    public static CompanionGroup Of(string path, IEnumerable<string> others)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var names = others.Where(other => other.StartsWith(folder, StringComparison.Ordinal)).Select(other => other[folder.Length..])
            .Where(name => name.Length > 0 && !name.Contains('/')).Append(path[folder.Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var own = path[folder.Length..];
        var key = KeyOf(own, names);
        var members = names.Where(name => KeyOf(name, names) == key).ToList();
        return new CompanionGroup(folder + key, [.. members.Select(name => folder + name)], OwnerOf(own, names) is null);
    }

    private static string KeyOf(string name, List<string> names)
    {
        var owner = OwnerOf(name, names) ?? name;
        // Several .ser files share one .emi: together they are one data set, named after the .emi.
        return Ends(owner, ".ser") ? names.Find(emi => Ends(emi, ".emi") && IsSeriesOf(owner, emi)) ?? owner : owner;
    }

    private static string? OwnerOf(string name, List<string> names)
    {
        var (ending, owners) = Array.Find(Rules, rule => Ends(name, rule.Ending));
        if (ending is null)
        {
            return null;
        }

        var stem = name[..^ending.Length];
        return ending == ".emi"
            ? names.Find(ser => Ends(ser, ".ser") && IsSeriesOf(ser, name))
            : names.Find(whole => whole == stem && owners.Any(owner => Ends(whole, owner)))
                ?? owners.Select(owner => names.Find(candidate => string.Equals(candidate, stem + owner, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
    }

    /// <summary>x.ser or x_1.ser belong to x.emi.</summary>
    private static bool IsSeriesOf(string ser, string emi)
    {
        var (series, stem) = (ser[..^4], emi[..^4]);
        return series == stem || (series.StartsWith(stem + "_", StringComparison.Ordinal) && series[(stem.Length + 1)..].All(char.IsAsciiDigit));
    }

    private static bool Ends(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

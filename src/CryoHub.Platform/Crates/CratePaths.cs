using System.Text;

namespace CryoHub.Platform.Crates;

/// <summary>
/// Names inside an archive, made from what people called things: readable, but never a way out of the folder it is unpacked in, and possible on every system.
/// </summary>
internal sealed class CratePaths
{
    private const int LongestSegment = 100;

    private readonly HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> folders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A file of this name below <paramref name="folder"/> (which ends with a slash); another one where the name is taken.</summary>
    public string File(string folder, string name)
    {
        var path = folder + Safe(name);
        if (Ancestors(path).Any(files.Contains))
        {
            path = folder + Safe(name).Replace('/', '_');   // a file lies where this one would need a folder
        }

        path = Free(path);
        files.Add(path);
        folders.UnionWith(Ancestors(path));
        return path;
    }

    /// <summary>A folder of its own, with a slash at the end.</summary>
    public string Folder(string folder, string name)
    {
        var path = Free(folder + Safe(name).Replace('/', '_'));
        folders.Add(path);
        folders.UnionWith(Ancestors(path));
        return path + "/";
    }

    /// <summary>The path as a relative reference (RFC 3986).</summary>
    public static string Reference(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private string Free(string path)
    {
        if (!IsTaken(path))
        {
            return path;
        }

        var name = path.LastIndexOf('/') + 1;
        var dot = path.LastIndexOf('.');
        var end = dot > name ? dot : path.Length;
        return Enumerable.Range(2, int.MaxValue - 2).Select(i => $"{path[..end]} ({i}){path[end..]}").First(other => !IsTaken(other));
    }

    private bool IsTaken(string path) => files.Contains(path) || folders.Contains(path);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private static string Safe(string name)
    {
        var segments = name.Split('/', '\\').Select(SafeSegment).Where(segment => segment.Length > 0).ToList();
        return segments.Count > 0 ? string.Join('/', segments) : "unnamed";
    }

    private static string SafeSegment(string segment)
    {
        var text = new StringBuilder(segment.Length);
        foreach (var rune in segment.EnumerateRunes())
        {
            text.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar || (rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal)) ? "_" : rune.ToString());
        }

        return Short(text.ToString()).Trim().TrimEnd('.', ' ');   // what ends with a dot is no file on Windows; "." and ".." become nothing
    }

    /// <summary>Cut in the middle of the name, so that the ending stays.</summary>
    private static string Short(string text)
    {
        if (text.Length <= LongestSegment)
        {
            return text;
        }

        var ending = Path.GetExtension(text) is { Length: <= 12 } last ? last : "";
        var keep = LongestSegment - ending.Length;
        return text[..(char.IsHighSurrogate(text[keep - 1]) ? keep - 1 : keep)] + ending;
    }
}

using System.Text.RegularExpressions;
using CryoHub.Imaging;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>Finds the project's class for each name that a file uses: by key, by name, by the key that the name would get; or words a new one.</summary>
internal sealed partial class ClassMatches(Vocabulary classes)
{
    /// <summary>New classes of one file; more are a mistake, such as a column of numbers taken for classes.</summary>
    public const int MostNew = 100;

    private readonly Dictionary<string, ClassRow> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClassRow> made = new(StringComparer.Ordinal);

    /// <summary>Classes that the project lacks, in the order of the file.</summary>
    public IReadOnlyCollection<ClassRow> New => made.Values;

    public bool IsNew(ClassRow row) => made.ContainsKey(row.Key);

    public ClassRow For(string named, string colour)
    {
        if (!found.TryGetValue(named, out var row))
        {
            row = Existing(named) ?? Wanted(named, colour);
            found.Add(named, row);
        }

        return row;
    }

    private ClassRow? Existing(string named)
    {
        var key = Key(named);
        var row = classes.Find(named) ?? classes.All.FirstOrDefault(one => string.Equals(one.Name, named, StringComparison.OrdinalIgnoreCase)) ?? classes.Find(key);
        return row is null ? null : classes.Find(classes.Resolve(row.Key));
    }

    private ClassRow Wanted(string named, string colour)
    {
        var key = Key(named);
        if (made.TryGetValue(key, out var row))
        {
            return row;
        }

        if (made.Count == MostNew)
        {
            throw ProblemException.Invalid($"The file names more than {MostNew} classes that the project lacks; is another column meant?");
        }

        var name = named.Length > 200 ? named[..200] : named;
        row = new(key, name, "", ColourForm().IsMatch(colour) ? colour : BuiltInClasses.ColourOf(classes.All.Count + made.Count), "", [], "", null, false, 0);
        made.Add(key, row);
        return row;
    }

    private static string Key(string named)
    {
        var key = Others().Replace(named.ToLowerInvariant(), "-").Trim('-');
        key = key.Length >= 2 ? key : $"class-{key}".TrimEnd('-');
        return key.Length > 60 ? key[..60].TrimEnd('-') : key;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();

    [GeneratedRegex("^#[0-9A-F]{6}$")]
    private static partial Regex ColourForm();
}

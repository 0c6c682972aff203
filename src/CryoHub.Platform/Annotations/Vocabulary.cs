using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>The classes of one project: the built-in ones, as the project words them, and its own.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, ClassRow> classes;

    private Vocabulary(IEnumerable<ClassRow> rows) => classes = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);

    /// <summary>In the order of the built-in list, then as they were made.</summary>
    public IReadOnlyList<ClassRow> All => [.. classes.Values];

    public static async Task<Vocabulary> LoadAsync(CryoHubDb db, Guid projectId, CancellationToken ct)
    {
        var own = await db.AnnotationClasses.Where(c => c.ProjectId == projectId && c.DeletedAt == null).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).AsNoTracking().ToListAsync(ct);
        var rows = own.ToDictionary(c => c.Key, Row, StringComparer.Ordinal);
        var builtIn = BuiltInClasses.All.Select(c => rows.TryGetValue(c.Key, out var worded) ? worded : c).ToList();
        return new([.. builtIn, .. own.Where(c => !IsBuiltIn(c.Key)).Select(Row)]);
    }

    public static bool IsBuiltIn(string key) => BuiltInClasses.All.Any(c => c.Key == key);

    public ClassRow? Find(string key) => classes.GetValueOrDefault(key);

    /// <summary>The class that a key means today: merges are followed. They cannot form a circle, but damage must not hang a page.</summary>
    public string Resolve(string key)
    {
        for (var i = 0; i < classes.Count && classes.TryGetValue(key, out var row) && row.MergedInto is { } next; i++)
        {
            key = next;
        }

        return key;
    }

    public void Check(string? key, ShapeKind kind)
    {
        if (string.IsNullOrEmpty(key))
        {
            return;
        }

        var row = Find(Resolve(key)) ?? throw ProblemException.Invalid($"“{key}” is no class of this project; there are {string.Join(", ", All.Where(c => c.MergedInto is null).Select(c => c.Key))}.");
        if (row.Kinds.Count > 0 && !row.Kinds.Contains(kind))
        {
            throw ProblemException.Invalid($"“{row.Name}” is not drawn as {kind.ToString().ToLowerInvariant()}; it takes {string.Join(", ", row.Kinds.Select(k => k.ToString().ToLowerInvariant()))}.");
        }
    }

    private static ClassRow Row(AnnotationClass c) =>
        new(c.Key, c.Name, c.Definition, c.Colour, c.Shortcut, [.. c.Kinds.Select(Enum.Parse<ShapeKind>)], c.Ontology, c.MergedInto, IsBuiltIn(c.Key), c.Version);
}

namespace CryoHub.Worker.Jobs;

/// <summary>Every object that some row names: single keys, zarr groups, what open uploads will become and what running jobs write.</summary>
internal sealed class KnownObjects
{
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> expected = new(StringComparer.Ordinal);
    private readonly List<string> busy = [];

    public void AddKeys(IEnumerable<string> some) => keys.UnionWith(some.Where(key => key.Length > 0));

    public void AddGroups(IEnumerable<string> prefixes) => groups.UnionWith(prefixes.Where(prefix => prefix.Length > 0));

    /// <summary>A result's object is a file or a zarr group; the name tells which.</summary>
    public void AddResults(IReadOnlyList<string> some)
    {
        AddGroups(some.Where(key => key.EndsWith(".zarr", StringComparison.Ordinal)));
        AddKeys(some.Where(key => !key.EndsWith(".zarr", StringComparison.Ordinal)));
    }

    public void AddExpected(IEnumerable<string> some) => expected.UnionWith(some);

    public void AddBusy(IEnumerable<string> prefixes) => busy.AddRange(prefixes);

    public bool Contains(string key) =>
        keys.Contains(key) || expected.Contains(key) || GroupOf(key) is { } group && groups.Contains(group) || busy.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Keys, and root documents of groups, that are not among <paramref name="stored"/>.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> stored)
    {
        var there = stored.ToHashSet(StringComparer.Ordinal);
        return [.. keys.Concat(groups.Select(group => group + "/zarr.json")).Where(key => !there.Contains(key)).Order(StringComparer.Ordinal)];
    }

    private static string? GroupOf(string key)
    {
        var end = key.IndexOf(".zarr/", StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + 5)];
    }
}

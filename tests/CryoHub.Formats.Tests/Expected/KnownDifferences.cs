namespace CryoHub.Formats.Tests.Expected;

/// <summary>
/// Where the reference is wrong, with the proof. A difference is listed by how it begins (<c>axis x offset</c>); whatever is not listed still fails, and a listed
/// difference that no longer occurs fails too.
/// </summary>
public static class KnownDifferences
{
    private static readonly Dictionary<string, (string Proof, string[] Differences)> Files = new()
    {
    };

    public static IReadOnlyList<string> Of(string file) => Files.TryGetValue(file, out var known) ? known.Differences : [];
}

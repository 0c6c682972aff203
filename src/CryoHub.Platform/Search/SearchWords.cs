using System.Text.RegularExpressions;

namespace CryoHub.Platform.Search;

/// <summary>Turns what a person types into a PostgreSQL text query: all words must occur, each may be the beginning of a word.</summary>
internal static partial class SearchWords
{
    /// <summary><c>null</c> where there is no word to look for.</summary>
    public static string? ToQuery(string? text)
    {
        var words = Word().Matches(text ?? "").Take(20).Select(word => word.Value.ToLowerInvariant() + ":*");
        return string.Join(" & ", words) is { Length: > 0 } query ? query : null;
    }

    // The same borders between words as in SearchColumn.
    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}

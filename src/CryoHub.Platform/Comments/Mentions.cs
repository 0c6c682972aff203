using System.Text.RegularExpressions;

namespace CryoHub.Platform.Comments;

/// <summary>Mentions inside the words of a comment: <c>@[id of the person]</c>, so that a new name of the person is shown in old comments too.</summary>
public static partial class Mentions
{
    /// <summary>In one comment.</summary>
    public const int Most = 20;

    public static string Of(Guid person) => $"@[{person}]";

    /// <summary>Whom the words mention, each once.</summary>
    public static IReadOnlyList<Guid> Of(string text) => [.. Pieces(text).Select(piece => piece.Person).OfType<Guid>().Distinct()];

    /// <summary>The words in order; a piece is either words or a person.</summary>
    public static IEnumerable<(string Words, Guid? Person)> Pieces(string text)
    {
        var from = 0;
        foreach (var match in Written().Matches(text).Where(match => Guid.TryParse(match.Groups[1].Value, out _)))
        {
            if (match.Index > from)
            {
                yield return (text[from..match.Index], null);
            }

            yield return ("", Guid.Parse(match.Groups[1].Value));
            from = match.Index + match.Length;
        }

        if (from < text.Length)
        {
            yield return (text[from..], null);
        }
    }

    /// <summary>The words with names in them.</summary>
    public static string Plain(string text, IReadOnlyDictionary<Guid, string> names) =>
        string.Concat(Pieces(text).Select(piece => piece.Person is { } person ? $"@{names.GetValueOrDefault(person, "somebody")}" : piece.Words));

    [GeneratedRegex(@"@\[([0-9a-fA-F-]{36})\]")]
    private static partial Regex Written();
}

using System.Text;
using CryoHub.Platform.Comments;

namespace CryoHub.Web.Features.Comments;

/// <summary>A comment while it is typed: people are names in it, and ids in what is sent.</summary>
public sealed class MentionDraft
{
    private const int LongestQuery = 60;

    private readonly Dictionary<string, Guid> people = [];
    private int caret;

    public string Text { get; private set; } = "";

    /// <summary>The beginning of a name after <c>@</c> where somebody types; <c>null</c> elsewhere.</summary>
    public string? Query { get; private set; }

    /// <summary>What is sent. Longer names first, as one may begin like another.</summary>
    public string Stored
    {
        get
        {
            var names = people.OrderByDescending(person => person.Key.Length).ToList();
            var stored = new StringBuilder();
            for (var i = 0; i < Text.Length;)
            {
                var at = i;
                var mention = Text[i] == '@' ? names.Find(person => StandsAt(at + 1, person.Key)) : default;
                stored.Append(mention.Key is null ? Text[i].ToString() : Mentions.Of(mention.Value));
                i += 1 + (mention.Key?.Length ?? 0);
            }

            return stored.ToString();
        }
    }

    /// <summary>A comment that is worded anew.</summary>
    public static MentionDraft From(CommentRow comment)
    {
        var draft = new MentionDraft();
        var text = string.Concat(Mentions.Pieces(comment.Text).Select(piece =>
            piece.Person is not { } person ? piece.Words
            : comment.Mentions.FirstOrDefault(p => p.Id == person) is { } known ? $"@{draft.Label(known)}"
            : Mentions.Of(person)));
        draft.Text = text;
        return draft;
    }

    /// <summary>The caret is not told, but a text differs from the one before where somebody types.</summary>
    public void Type(string text)
    {
        var same = 0;
        while (same < Math.Min(text.Length, Text.Length) && text[^(same + 1)] == Text[^(same + 1)])
        {
            same++;
        }

        (Text, caret) = (text, text.Length - same);
        var at = caret == 0 ? -1 : text.LastIndexOf('@', caret - 1);
        var query = at < 0 ? null : text[(at + 1)..caret];
        var begins = at >= 0 && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));   // not inside a mail address
        Query = begins && query is { Length: <= LongestQuery } && !query.Contains('\n') && !people.Keys.Any(name => query.StartsWith(name, StringComparison.Ordinal)) ? query : null;
    }

    /// <summary>Puts the person in place of what was typed of the name.</summary>
    public void Choose(PersonName person)
    {
        if (Query is { } query)
        {
            Text = $"{Text[..(caret - query.Length)]}{Label(person)} {Text[caret..].TrimStart(' ')}";
            Query = null;
        }
    }

    /// <summary>Whether the name stands there as a whole: "@Adam" does not mention Ada.</summary>
    private bool StandsAt(int at, string name) => string.CompareOrdinal(Text, at, name, 0, name.Length) == 0
        && (at + name.Length >= Text.Length || !char.IsLetterOrDigit(Text[at + name.Length]));

    /// <summary>Two people of one name are told apart by a number.</summary>
    private string Label(PersonName person)
    {
        var label = person.Name;
        for (var n = 2; people.TryGetValue(label, out var other) && other != person.Id; n++)
        {
            label = $"{person.Name} ({n})";
        }

        people[label] = person.Id;
        return label;
    }
}

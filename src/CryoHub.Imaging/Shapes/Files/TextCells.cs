using System.Text;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Lines of a table in text: cells between commas, semicolons or tabs, quoted as RFC 4180 says.</summary>
/// <param name="text">The whole table.</param>
/// <param name="separator">Between two cells.</param>
internal sealed class TextCells(string text, char separator)
{
    private int at;

    /// <summary>The separator that stands most often in the first line.</summary>
    public static char SeparatorOf(string text)
    {
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        var (best, most) = (',', 0);
        foreach (var candidate in ",;\t")
        {
            if (line.Count(candidate) is var count && count > most)
            {
                (best, most) = (candidate, count);
            }
        }

        return best;
    }

    /// <summary>The next line with its cells, or <c>null</c> after the last; a line break inside quotes belongs to its cell.</summary>
    public List<string>? Next()
    {
        if (at >= text.Length)
        {
            return null;
        }

        var cells = new List<string>();
        var cell = new StringBuilder();
        for (var isQuoted = false; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '"' && isQuoted && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(c);
                at++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || (c != separator && c is not ('\r' or '\n')))
            {
                cell.Append(c);
            }
            else if (c == separator)
            {
                Close();
            }
            else
            {
                at += c == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                break;
            }
        }

        Close();
        return cells;

        void Close()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }
}

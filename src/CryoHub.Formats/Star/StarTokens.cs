using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Star;

/// <summary>
/// The words of a STAR file (Hall, J. Chem. Inf. Comput. Sci. 31, 1991, 326): blanks part them, <c>#</c> begins a comment, quotes end before a blank, and text
/// between two lines that begin with a semicolon is one word. CIF 2.0 adds triple quotes and brackets.
/// </summary>
internal ref struct StarTokens(ReadOnlySpan<byte> text, bool isCif2)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    public StarCell Cell { get; private set; }

    /// <summary>The present word's bytes; of a quoted one without the quotes.</summary>
    public readonly ReadOnlySpan<byte> Word => text.Slice(Cell.Start, Cell.Length);

    public readonly bool IsName => !Cell.IsQuoted && Word is [(byte)'_', _, ..];

    public bool Next()
    {
        SkipBlanks();
        if (at >= text.Length)
        {
            return false;
        }

        Cell = text[at] switch
        {
            (byte)';' when at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r' => TextField(),
            (byte)'\'' or (byte)'"' => Quoted(text[at]),
            (byte)'[' or (byte)'{' when isCif2 => Bracketed(),
            _ => Plain(),
        };
        return true;
    }

    /// <summary>True where the present word begins with a keyword, in capitals or not.</summary>
    public readonly bool Is(string keyword) =>
        !Cell.IsQuoted && Cell.Length >= keyword.Length && Ascii.EqualsIgnoreCase(Word[..keyword.Length], keyword);

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (text[at] == '#')
            {
                var end = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
                at = end < 0 ? text.Length : at + end;
            }
            else if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v' or 0)
            {
                at++;
            }
            else
            {
                return;
            }
        }
    }

    private StarCell TextField()
    {
        var start = at + 1;
        var end = start;
        while (true)
        {
            var line = text[end..].IndexOf("\n;"u8);
            if (line < 0)
            {
                throw ProblemException.Unreadable($"The text that begins with a semicolon at byte {at} is not closed.");
            }

            end += line;
            at = end + 2;
            var length = end > start && text[end - 1] == '\r' ? end - 1 - start : end - start;
            return new StarCell(start, length, true);
        }
    }

    private StarCell Quoted(byte quote)
    {
        if (isCif2 && at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote)
        {
            ReadOnlySpan<byte> triple = [quote, quote, quote];
            var close = text[(at + 3)..].IndexOf(triple);
            if (close < 0)
            {
                throw ProblemException.Unreadable($"The triple quote at byte {at} is not closed.");
            }

            var cell = new StarCell(at + 3, close, true);
            at += close + 6;
            return cell;
        }

        for (var i = at + 1; i < text.Length && text[i] is not (byte)'\n' and not (byte)'\r'; i++)
        {
            if (text[i] == quote && (i + 1 == text.Length || IsBlank(text[i + 1]) || (isCif2 && text[i + 1] is (byte)']' or (byte)'}' or (byte)':' or (byte)',')))
            {
                var cell = new StarCell(at + 1, i - at - 1, true);
                at = i + 1;
                return cell;
            }
        }

        return Plain();   // a quote that never ends is a letter: "5' end"
    }

    /// <summary>A list or a table of CIF 2.0 as one word, brackets and all.</summary>
    private StarCell Bracketed()
    {
        var start = at;
        var depth = 0;
        while (at < text.Length)
        {
            var c = text[at++];
            depth += c is (byte)'[' or (byte)'{' ? 1 : c is (byte)']' or (byte)'}' ? -1 : 0;
            if (depth == 0)
            {
                return new StarCell(start, at - start, true);
            }
        }

        throw ProblemException.Unreadable($"The bracket at byte {start} is not closed.");
    }

    private StarCell Plain()
    {
        var start = at;
        while (at < text.Length && !IsBlank(text[at]))
        {
            at++;
        }

        return new StarCell(start, at - start, false);
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\v';
}

using System.Globalization;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Vamas;

/// <summary>The file line by line: every line is one value, what it is says its place.</summary>
internal sealed class VamasLines(TextBytes text)
{
    /// <summary>What programs write for "not known".</summary>
    private const double Unknown = 1e36;

    private int at;
    private int line;

    public string Text(string what)
    {
        if (!text.NextLine(ref at, out var bytes))
        {
            throw ProblemException.Unreadable($"The file ends after line {line}, where {what} was expected.");
        }

        line++;
        return text.Decode(bytes).Trim();
    }

    public int Count(string what)
    {
        var word = Text(what);
        return int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : throw Wrong(what, word);
    }

    /// <summary>A count of lines or entries that follow: never more than bytes are left.</summary>
    public int Entries(string what)
    {
        var count = Count(what);
        return count >= 0 && count <= text.Length - at ? count
            : throw ProblemException.Unreadable($"Line {line} states {count} as {what}; {text.Length - at} bytes are left.");
    }

    public double Number(string what)
    {
        var word = Text(what);
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(what, word);
    }

    /// <summary>A number of the instrument; <c>null</c> where the program did not know it (1E+37).</summary>
    public double? Known(string what) => Number(what) is var number && Math.Abs(number) < Unknown ? number : null;

    public string[] Texts(int count, string what)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = Text(what);
        }

        return texts;
    }

    private ProblemException Wrong(string what, string found) => ProblemException.Unreadable($"Line {line} should be {what}, a number; it is '{found[..Math.Min(40, found.Length)]}'.");
}

using System.Globalization;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Vamas;

/// <summary>The file line by line: every line is one value, what it is says its place.</summary>
internal sealed class VamasLines(TextBytes text)
{
    /// <summary>What programs write for "not known".</summary>
    private const double Unknown = 1e36;

    /// <summary>What later blocks take over from the first in all, in characters and line ends: far more than settings need.</summary>
    private const int MostRepeated = 16 << 20;

    private readonly Dictionary<int, List<string>> first = [];
    private List<string>? kept;
    private List<string>? repeated;
    private int nextRepeated;
    private int repeatedCharacters;
    private int at;
    private int line;

    /// <summary>
    /// A part of a block begins (1 to 40 as the standard counts them). Where the block states it, its lines are read, and those of the first
    /// block kept; where it leaves the part out, the first block's lines stand for it.
    /// </summary>
    public void Part(int number, bool isStated)
    {
        (kept, repeated, nextRepeated) = (null, null, 0);
        if (!isStated)
        {
            repeated = first.GetValueOrDefault(number) ?? [];
        }
        else if (!first.ContainsKey(number))
        {
            first[number] = kept = [];
        }
    }

    /// <summary>What follows is no part that a block could leave out.</summary>
    public void NoPart() => (kept, repeated) = (null, null);

    public string Text(string what)
    {
        if (repeated is not null)
        {
            return Repeated(what);
        }

        if (!text.NextLine(ref at, out var bytes))
        {
            throw ProblemException.Unreadable($"The file ends after line {line}, where {what} was expected.");
        }

        line++;
        var word = text.Decode(bytes).Trim();
        kept?.Add(word);
        return word;
    }

    public int Count(string what)
    {
        var word = Text(what);
        return int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : throw Wrong(what, word);
    }

    /// <summary>A count of lines or entries that follow: never more than bytes are left (of a part taken over, the first block's was checked).</summary>
    public int Entries(string what)
    {
        var count = Count(what);
        return count >= 0 && (repeated is not null || count <= text.Length - at) ? count
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

    private string Repeated(string what)
    {
        if (nextRepeated == repeated!.Count)
        {
            throw ProblemException.Unreadable($"The block at line {line} leaves out {what}, which the first block does not state either.");
        }

        var word = repeated[nextRepeated++];
        repeatedCharacters += word.Length + 1;
        return repeatedCharacters <= MostRepeated ? word
            : throw ProblemException.Unreadable(
                $"Up to line {line} blocks take over more than {MostRepeated} characters of settings from the first one: far more than such a file holds.");
    }

    private ProblemException Wrong(string what, string found) => ProblemException.Unreadable($"Line {line} should be {what}, a number; it is '{found[..Math.Min(40, found.Length)]}'.");
}

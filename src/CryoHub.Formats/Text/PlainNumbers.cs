using System.Globalization;

namespace CryoHub.Formats.Text;

/// <summary>Tells text that is nothing but numbers.</summary>
internal static class PlainNumbers
{
    /// <summary>True where the first line that is not blank holds numbers only.</summary>
    public static bool Begin(ReadOnlySpan<byte> head)
    {
        var text = TextBytes.Head(head);
        return TextBytes.LooksLikeText(text) && text.Split('\n', '\r').FirstOrDefault(line => line.Trim().Length > 0) is { } first && CountIn(first) > 0;
    }

    /// <summary>Numbers in a line of nothing else, parted by blanks, tabs, commas or semicolons; 0 where anything else stands there.</summary>
    public static int CountIn(string line)
    {
        var words = line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(words, word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? words.Length : 0;
    }
}

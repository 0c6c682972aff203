using System.Buffers.Text;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Msa;

/// <summary>The lines of an EMSA/MAS file: keywords in the order of the file, then numbers.</summary>
internal sealed class MsaText
{
    private readonly List<KeyValuePair<string, string>> keywords = [];
    private readonly List<double> numbers = [];

    /// <summary>As written, units and all: <c>BEAMKV   -kV</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keywords => keywords;

    public IReadOnlyList<double> Numbers => numbers;

    /// <summary>The last value of a keyword, told by its first word (<c>BEAMKV</c>); <c>null</c> where absent or empty.</summary>
    public string? this[string keyword] =>
        keywords.FindLast(pair => pair.Key.Split([' ', '-'], 2)[0] == keyword).Value is { Length: > 0 } value ? value : null;

    public double? Number(string keyword) =>
        this[keyword] is { } text && double.TryParse(text.Replace(" ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public static MsaText Parse(ReadOnlySpan<byte> bytes)
    {
        var text = new MsaText();
        var inSpectrum = false;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            var line = (end < 0 ? bytes : bytes[..end]).Trim((byte)' ');
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line.StartsWith("#"u8))
            {
                var keyword = Keyword(line);
                if (keyword.Key.StartsWith("ENDOFDATA", StringComparison.Ordinal))
                {
                    break;
                }

                inSpectrum |= keyword.Key.StartsWith("SPECTRUM", StringComparison.Ordinal);
                text.keywords.Add(keyword);
            }
            else if (inSpectrum)
            {
                text.AddNumbers(line);
            }
        }

        return text;
    }

    private static KeyValuePair<string, string> Keyword(ReadOnlySpan<byte> line)
    {
        var text = Encoding.Latin1.GetString(line).TrimStart('#');
        var colon = text.IndexOf(':');
        return colon < 0 ? new(text.Trim(), "") : new(text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    private void AddNumbers(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            line = line.TrimStart(" ,\t"u8);
            if (line.IsEmpty)
            {
                return;
            }

            if (!Utf8Parser.TryParse(line[0] == '+' ? line[1..] : line, out double value, out var used))
            {
                throw ProblemException.Unreadable($"'{Encoding.Latin1.GetString(line[..Math.Min(20, line.Length)])}' stands where number {numbers.Count + 1} of the spectrum was expected.");
            }

            numbers.Add(value);
            line = line[(used + (line[0] == '+' ? 1 : 0))..];
        }
    }
}

using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Text;

/// <summary>A text file as bytes of one encoding (UTF-8 or Latin-1; UTF-16 is turned into UTF-8), so that numbers are read without a string for every cell.</summary>
internal sealed class TextBytes
{
    /// <summary>Longest file that is read as text.</summary>
    public const long LargestFile = 256L << 20;

    private readonly ReadOnlyMemory<byte> bytes;

    private TextBytes(ReadOnlyMemory<byte> bytes, Encoding encoding) => (this.bytes, Encoding) = (bytes, encoding);

    public Encoding Encoding { get; }

    public int Length => bytes.Length;

    public ReadOnlySpan<byte> Span => bytes.Span;

    /// <summary>The text in UTF-8, without a mark.</summary>
    public ReadOnlyMemory<byte> Utf8 => Encoding is UTF8Encoding ? bytes : Encoding.Convert(Encoding, Encoding.UTF8, bytes.ToArray());

    /// <exception cref="ProblemException">Unreadable: longer than <see cref="LargestFile"/>.</exception>
    public static async Task<TextBytes> ReadAsync(string name, IByteSource source, CancellationToken ct) =>
        source.Length > LargestFile
            ? throw ProblemException.Unreadable($"{name} holds {source.Length} bytes; text of up to {LargestFile} bytes is read.")
            : Of(await source.ReadBlockAsync(0, source.Length, ct));

    /// <summary>A byte order mark decides; without one, zeros in every second byte mean UTF-16, and what is no valid UTF-8 is Latin-1.</summary>
    public static TextBytes Of(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return new(bytes[3..], Encoding.UTF8);
        }

        if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return new(Encoding.Convert(Encoding.Unicode, Encoding.UTF8, span[2..].ToArray()), Encoding.UTF8);
        }

        if (span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return new(Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, span[2..].ToArray()), Encoding.UTF8);
        }

        if (span is [not 0, 0, not 0, 0, ..])
        {
            return new(Encoding.Convert(Encoding.Unicode, Encoding.UTF8, span.ToArray()), Encoding.UTF8);
        }

        return new(bytes, System.Text.Unicode.Utf8.IsValid(span) ? Encoding.UTF8 : Encoding.Latin1);
    }

    /// <summary>The beginning of a file as text, for telling formats apart; what stands cut at its end is of no matter.</summary>
    public static string Head(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.Latin1.GetString(head[3..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode.GetString(head),
        _ => Encoding.Latin1.GetString(head),
    };

    /// <summary>True where the beginning of a file has no control characters but those of text.</summary>
    public static bool LooksLikeText(string head) => head.Length > 0 && head.AsSpan().IndexOfAny("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016") < 0;

    public string Decode(ReadOnlySpan<byte> part) => Encoding.GetString(part);

    /// <summary>The line at <paramref name="at"/> without its end, which is LF, CR LF or CR; <paramref name="at"/> moves to the next. False at the end of the text.</summary>
    public bool NextLine(ref int at, out ReadOnlySpan<byte> line)
    {
        line = [];
        if (at >= bytes.Length)
        {
            return false;
        }

        var rest = Span[at..];
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        line = end < 0 ? rest : rest[..end];
        at += end < 0 ? rest.Length : end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        return true;
    }

    /// <summary>The first <paramref name="most"/> lines as text.</summary>
    public List<string> Lines(int most = int.MaxValue)
    {
        var lines = new List<string>();
        var at = 0;
        while (lines.Count < most && NextLine(ref at, out var line))
        {
            lines.Add(Decode(line));
        }

        return lines;
    }

    /// <summary>Where line number <paramref name="line"/> (from 0) begins; the length of the text where there are fewer.</summary>
    public int StartOf(int line)
    {
        var at = 0;
        for (; line > 0 && NextLine(ref at, out _); line--)
        {
        }

        return at;
    }
}

using System.Text;
using CryoHub.Formats.Text;

namespace CryoHub.Formats.Rigaku;

/// <summary>Rigaku's programs write names of optics in Japanese, in the code page of a Japanese Windows.</summary>
internal static class JapaneseText
{
    private const int ShiftJis = 932;

    /// <summary>What is no UTF-8 is taken for Shift-JIS; the numbers are the same either way.</summary>
    public static TextBytes Of(TextBytes text) => text.Encoding is UTF8Encoding ? text
        : TextBytes.Of(Encoding.Convert(CodePagesEncodingProvider.Instance.GetEncoding(ShiftJis)!, Encoding.UTF8, text.Span.ToArray()));
}

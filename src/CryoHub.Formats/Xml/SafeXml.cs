using System.Text;
using System.Xml;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Xml;

/// <summary>XML out of instrument files: no DTD (so no entities), no external resource, limited depth; what is wrong is said in words.</summary>
internal static class SafeXml
{
    // Trees deeper than this are an attack on the stack of whoever walks them; instrument files stay below 30.
    private const int MaximumDepth = 200;

    /// <param name="text">The document.</param>
    /// <param name="what">What it is called in messages.</param>
    /// <param name="skipDtd">Skips a document type instead of refusing it; nothing in it is followed, so an entity it declares is unknown and refused.</param>
    public static XElement Parse(string text, string what, bool skipDtd = false)
    {
        var settings = new XmlReaderSettings { DtdProcessing = skipDtd ? DtdProcessing.Ignore : DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, IgnoreWhitespace = true };
        try
        {
            CheckDepth(text, settings, what);
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            throw ProblemException.Unreadable($"The XML of {what} is broken at line {e.LineNumber}, column {e.LinePosition}: {e.Message}", e);
        }
    }

    /// <summary>Honours the encoding that the XML declaration names; instrument software writes Windows code pages, UTF-8 and UTF-16.</summary>
    public static XElement Parse(ReadOnlySpan<byte> bytes, string what, bool skipDtd = false) => Parse(Decode(bytes, what), what, skipDtd);

    private static void CheckDepth(string text, XmlReaderSettings settings, string what)
    {
        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
            if (reader.Depth > MaximumDepth)
            {
                throw ProblemException.Unreadable($"The XML of {what} is nested deeper than {MaximumDepth} levels.");
            }
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string what)
    {
        var encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Declared(Encoding.Latin1.GetString(bytes[..Math.Min(200, bytes.Length)]), what),
        };
        return encoding.GetString(bytes).Trim('\uFEFF', '\0', ' ', '\r', '\n');
    }

    private static Encoding Declared(string head, string what)
    {
        var at = head.IndexOf("encoding=", StringComparison.Ordinal) + "encoding=".Length;
        if (at < "encoding=".Length || at + 1 >= head.Length || head.IndexOf(head[at], at + 1) is var end && end < 0)
        {
            return Encoding.UTF8;
        }

        var name = head[(at + 1)..end];
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw ProblemException.Unreadable($"The XML of {what} claims the unknown encoding {name}.", e);
        }
    }
}

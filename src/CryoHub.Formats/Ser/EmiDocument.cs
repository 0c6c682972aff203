using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ser;

/// <summary>TIA's own document: of its undocumented binary only the <c>ObjectInfo</c> blocks of XML are read, one a series.</summary>
internal sealed class EmiDocument
{
    private const long LargestFile = 256 << 20;
    private const int LongestBlock = 4 << 20;

    private readonly List<EmiObject> objects = [];

    /// <summary>What is said of series number <paramref name="number"/>, counted from 1; <c>null</c> where nothing is.</summary>
    public EmiObject? Object(int number) => number >= 1 && number <= objects.Count ? objects[number - 1] : null;

    public static async Task<EmiDocument> ReadAsync(IByteSource bytes, CancellationToken ct)
    {
        var document = new EmiDocument();
        if (bytes.Length > LargestFile)
        {
            return document;   // only metadata is at stake
        }

        ReadOnlyMemory<byte> rest = await bytes.ReadBlockAsync(0, bytes.Length, ct);
        while (rest.Span.IndexOf("<ObjectInfo>"u8) is >= 0 and var start)
        {
            rest = rest[start..];
            var end = rest.Span.IndexOf("</ObjectInfo>"u8);
            if (end < 0 || end > LongestBlock)
            {
                break;
            }

            document.objects.Add(Parse(rest[..(end + "</ObjectInfo>".Length)].Span));
            rest = rest[end..];
        }

        return document;
    }

    private static EmiObject Parse(ReadOnlySpan<byte> block)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false };
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(block)), settings);
            return new EmiObject(XElement.Load(reader));
        }
        catch (XmlException broken)
        {
            throw ProblemException.Unreadable($"The .emi file's description is no XML: {broken.Message}", broken);
        }
    }
}

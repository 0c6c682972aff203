using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CryoHub.Web.Pdf;

/// <summary>
/// As much of PDF 1.7 (ISO 32000-1) as labels and lists need: pages with filled rectangles and lines of text in one embedded font. Text can be selected and
/// searched.
/// </summary>
internal sealed class PdfDocument(string title)
{
    private const int Catalog = 1, Tree = 2, Font = 3, Descendant = 4, Descriptor = 5, FontFile = 6, ToUnicode = 7, Info = 8, FirstPage = 9;

    private static readonly PdfFont Face = PdfFont.Inter;

    private readonly List<PdfPage> pages = [];

    public PdfPage AddPage(double width, double height)
    {
        var page = new PdfPage(width, height, Face);
        pages.Add(page);
        return page;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        var places = new SortedDictionary<int, long>();
        Put(file, "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var characters = pages.SelectMany(page => page.Used).Distinct().Order().ToList();
        Object(Catalog, $"<< /Type /Catalog /Pages {Tree} 0 R >>");
        Object(Tree, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{FirstPage + (2 * i)} 0 R"))}] >>");
        Object(Font, $"<< /Type /Font /Subtype /Type0 /BaseFont /Inter-Medium /Encoding /Identity-H /DescendantFonts [{Descendant} 0 R] /ToUnicode {ToUnicode} 0 R >>");
        var widths = string.Join(' ', characters.Select(c => Face.Glyph(c)).Distinct().Select(glyph => $"{glyph} [{Face.Width(glyph)}]"));
        Object(Descendant, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Inter-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {Descriptor} 0 R /CIDToGIDMap /Identity /W [{widths}] >>");
        Object(Descriptor, $"<< /Type /FontDescriptor /FontName /Inter-Medium /Flags 4 /FontBBox [-1000 -500 2500 1200] /ItalicAngle 0 /Ascent {Face.Ascent} /Descent {Face.Descent} "
            + $"/CapHeight 727 /StemV 90 /FontFile2 {FontFile} 0 R >>");
        Packed(FontFile, Face.File, $"/Length1 {Face.File.Length} ");
        Packed(ToUnicode, Encoding.ASCII.GetBytes(UnicodeMap(characters)), "");
        Object(Info, $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> /Producer (CryoHub) >>");
        foreach (var (page, i) in pages.Select((page, i) => (page, i)))
        {
            var id = FirstPage + (2 * i);
            Object(id, $"<< /Type /Page /Parent {Tree} 0 R /MediaBox {page.MediaBox} /Resources << /Font << /F {Font} 0 R >> >> /Contents {id + 1} 0 R >>");
            Packed(id + 1, Encoding.ASCII.GetBytes(page.Content), "");
        }

        var table = file.Position;
        Put(file, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places.Values)
        {
            Put(file, $"{place.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n");
        }

        Put(file, $"trailer\n<< /Size {places.Count + 1} /Root {Catalog} 0 R /Info {Info} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Object(int id, string body)
        {
            places[id] = file.Position;
            Put(file, $"{id} 0 obj\n{body}\nendobj\n");
        }

        void Packed(int id, byte[] bytes, string also)
        {
            var packed = Pack(bytes);
            places[id] = file.Position;
            Put(file, $"{id} 0 obj\n<< {also}/Filter /FlateDecode /Length {packed.Length} >>\nstream\n");
            file.Write(packed);
            Put(file, "\nendstream\nendobj\n");
        }
    }

    /// <summary>From glyph numbers back to characters, a hundred at a time as the format asks.</summary>
    private static string UnicodeMap(IEnumerable<char> characters)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Text def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var some in characters.Where(c => Face.Glyph(c) != 0).Chunk(100))
        {
            map.AppendLine(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar");
            foreach (var c in some)
            {
                map.AppendLine(CultureInfo.InvariantCulture, $"<{Face.Glyph(c):X4}> <{(int)c:X4}>");
            }

            map.AppendLine("endbfchar");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static void Put(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}

using System.Buffers.Binary;

namespace CryoHub.Web.Pdf;

/// <summary>
/// The font of our PDFs: Inter Medium (SIL OFL 1.1, as beside the site's fonts), cut down to Latin letters and embedded, so that a page looks the same
/// everywhere. Of the TrueType file only glyph numbers and widths are read (Apple TrueType Reference Manual: cmap format 4, hmtx).
/// </summary>
internal sealed class PdfFont
{
    private readonly int map;
    private readonly int widths;
    private readonly int wide;
    private readonly double unitsPerEm;

    private PdfFont(byte[] file)
    {
        File = file;
        unitsPerEm = U16(Table("head") + 18);
        widths = Table("hmtx");
        wide = U16(Table("hhea") + 34);
        map = Subtable(Table("cmap"));
        (Ascent, Descent) = (Per1000(S16(Table("hhea") + 4)), Per1000(S16(Table("hhea") + 6)));
    }

    public static PdfFont Inter { get; } = new(Read());

    public byte[] File { get; }

    /// <summary>Thousandths of the size, as all of PDF's font measures.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>The glyph of a character; that of a missing one where the font lacks it.</summary>
    public ushort Glyph(char c)
    {
        var segments = U16(map + 6) / 2;
        var (ends, starts) = (map + 14, map + 16 + (segments * 2));
        for (var i = 0; i < segments; i++)
        {
            if (c > U16(ends + (i * 2)))
            {
                continue;
            }

            var start = U16(starts + (i * 2));
            if (c < start)
            {
                return 0;
            }

            var delta = U16(starts + ((segments + i) * 2));
            var at = starts + (((segments * 2) + i) * 2);
            var offset = U16(at);
            var glyph = offset == 0 ? c : U16(at + offset + ((c - start) * 2));
            return glyph == 0 ? (ushort)0 : (ushort)(glyph + delta);
        }

        return 0;
    }

    public int Width(ushort glyph) => Per1000(U16(widths + (Math.Min(glyph, wide - 1) * 4)));

    /// <summary>Width of a line at size 1.</summary>
    public double WidthOf(string text) => text.Sum(c => Width(Glyph(c))) / 1000.0;

    private static byte[] Read()
    {
        using var stream = typeof(PdfFont).Assembly.GetManifestResourceStream("CryoHub.Web.Pdf.inter-medium.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private int Table(string name)
    {
        for (var entry = 12; entry < 12 + (U16(4) * 16); entry += 16)
        {
            if (File.AsSpan(entry, 4).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(name)))
            {
                return (int)BinaryPrimitives.ReadUInt32BigEndian(File.AsSpan(entry + 8));
            }
        }

        throw new InvalidDataException($"The font has no table {name}.");
    }

    private int Subtable(int cmap)
    {
        for (var entry = cmap + 4; entry < cmap + 4 + (U16(cmap + 2) * 8); entry += 8)
        {
            var at = cmap + (int)BinaryPrimitives.ReadUInt32BigEndian(File.AsSpan(entry + 4));
            if (U16(at) == 4)
            {
                return at;
            }
        }

        throw new InvalidDataException("The font has no character map of format 4.");
    }

    private int Per1000(int units) => (int)Math.Round(units * 1000 / unitsPerEm);

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(File.AsSpan(at));
}

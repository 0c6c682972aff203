using System.Globalization;
using System.Text;

namespace CryoHub.Web.Pdf;

/// <summary>A page that is drawn on in millimetres from its upper left corner, in black.</summary>
internal sealed class PdfPage(double width, double height, PdfFont font)
{
    private const double PointsPerMm = 72 / 25.4;

    private readonly StringBuilder content = new();

    /// <summary>Characters that were written, for the map from glyphs back to text.</summary>
    public HashSet<char> Used { get; } = [];

    public string Content => content.ToString();

    public string MediaBox => $"[0 0 {Number(width * PointsPerMm)} {Number(height * PointsPerMm)}]";

    /// <summary>Rectangles as one filled shape: those that touch leave no light seam.</summary>
    public void Fill(IEnumerable<(double Left, double Top, double Width, double Height)> rectangles)
    {
        foreach (var r in rectangles)
        {
            content.Append(CultureInfo.InvariantCulture, $"{Number(r.Left * PointsPerMm)} {Number((height - r.Top - r.Height) * PointsPerMm)} {Number(r.Width * PointsPerMm)} {Number(r.Height * PointsPerMm)} re ");
        }

        content.AppendLine("f");
    }

    /// <summary>One line of text; size and places in millimetres.</summary>
    public void Write(string text, double size, double left, double baseline)
    {
        var glyphs = new StringBuilder();
        foreach (var c in text)
        {
            Used.Add(c);
            glyphs.Append(CultureInfo.InvariantCulture, $"{font.Glyph(c):X4}");
        }

        content.AppendLine(CultureInfo.InvariantCulture, $"BT /F {Number(size * PointsPerMm)} Tf {Number(left * PointsPerMm)} {Number((height - baseline) * PointsPerMm)} Td <{glyphs}> Tj ET");
    }

    /// <summary>On one line of at most <paramref name="room"/>: smaller down to two thirds, then cut.</summary>
    public void Fit(string text, double size, double left, double baseline, double room)
    {
        if (text.Length == 0 || room <= 0)
        {
            return;
        }

        var fitting = size * Math.Clamp(room / (size * font.WidthOf(text)), 2.0 / 3, 1);
        var shown = text;
        for (var kept = text.Length; kept > 0 && fitting * font.WidthOf(shown) > room * 1.0001; kept--)
        {
            shown = text[..(kept - 1)].TrimEnd() + "…";
        }

        Write(shown, fitting, left, baseline);
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}

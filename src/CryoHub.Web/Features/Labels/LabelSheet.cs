using CryoHub.Platform.Labels;
using CryoHub.Web.Pdf;

namespace CryoHub.Web.Features.Labels;

/// <summary>Labels as a PDF for a label printer or a sheet: QR code, the item's name, the code in letters.</summary>
internal static class LabelSheet
{
    private const double Gap = 0.8;   // beside the words, mm

    /// <param name="labels">In the order of print.</param>
    /// <param name="format">How they lie.</param>
    /// <param name="skip">Places of the first sheet that are used up already.</param>
    public static byte[] Pdf(IReadOnlyList<LabelRow> labels, LabelFormat format, int skip = 0)
    {
        var document = new PdfDocument("CryoHub labels");
        PdfPage? page = null;
        for (var i = 0; i < labels.Count; i++)
        {
            var place = (i + skip) % format.OnPage;
            page = page is null || place == 0 ? document.AddPage(format.PageWidth, format.PageHeight) : page;
            var (row, column) = (place / format.Columns, place % format.Columns);
            Draw(page, labels[i], format, format.Left + (column * format.Pitch), format.Top + (row * format.Height));
        }

        return document.ToArray();
    }

    private static void Draw(PdfPage page, LabelRow label, LabelFormat format, double left, double top)
    {
        var module = format.Qr / LabelQr.Modules;
        var quiet = module * LabelQr.Quiet;
        var above = (format.Height - format.Qr) / 2;
        page.Fill(LabelQr.Runs(label.Code).Select(run =>
            (left + quiet + (run.First * module), top + above + (run.Row * module), run.Count * module, module)));
        var words = left + format.Qr + (2 * quiet);
        var room = left + format.Width - words - Gap;
        var size = Math.Min(format.Height / 4.2, 4.5);
        var middle = top + (format.Height / 2);
        page.Fit(label.Sample?.Name ?? "", size, words, middle - (size * 0.2), room);
        page.Fit(label.Code, size * 0.72, words, middle + (size * 0.75), room);
        if (label.Sample is { } item)
        {
            page.Fit($"{item.Kind}, {label.LabName}", size * 0.6, words, middle + (size * 1.55), room);
        }
    }
}

using CryoHub.Web.Pdf;

namespace CryoHub.Web.Tests.Pdf;

/// <summary>Our PDFs as poppler reads them.</summary>
public sealed class PdfDocumentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_is_found_again_and_pages_have_their_size()
    {
        var document = new PdfDocument("Packing list for Zürich");
        document.AddPage(210, 297).Write("Grid G-0409, −150 °C, Åsa & Jürgen", 4, 20, 30);
        document.AddPage(25, 10).Write("second", 3, 2, 6);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, document.ToArray(), Ct);
            var pages = (await Outside.RunAsync("pdftotext", [file, "-"], Ct)).Split('\f');
            Assert.Equal(["Grid G-0409, −150 °C, Åsa & Jürgen", "second"], pages.Take(2).Select(page => page.Trim()));
            var facts = await Outside.RunAsync("pdfinfo", ["-f", "1", "-l", "2", file], Ct);
            Assert.Contains("Packing list for Zürich", facts, StringComparison.Ordinal);
            Assert.Matches(@"Page +1 size: +595\.276 x 841\.89 pts", facts);
            Assert.Matches(@"Page +2 size: +70\.8661 x 28\.3465 pts", facts);
            Assert.Contains("Inter-Medium", await Outside.RunAsync("pdffonts", [file], Ct), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_line_that_is_too_long_is_made_smaller_and_then_cut()
    {
        var page = new PdfPage(50, 25, PdfFont.Inter);
        page.Fit(new string('m', 200), 4, 0, 10, 30);
        Assert.Contains('…', page.Used);
    }
}

using CryoHub.Platform.Labels;
using CryoHub.Platform.Samples;
using CryoHub.Web.Features.Labels;

namespace CryoHub.Web.Tests.Labels;

/// <summary>What is printed is read back by programs that are not ours: poppler draws the PDF as a 300 dpi printer would, zbar looks for codes.</summary>
public sealed class LabelSheetTests
{
    private static readonly LabelFormat Smallest = LabelFormat.Find("single-smallest");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7KQ2M4XT9A")]
    [InlineData("ABCDEFGHIJKLMNOP")]
    [InlineData("0000000000000000")]
    [InlineData("G0409")]
    public async Task A_code_of_6_mm_is_read_at_300_dpi(string code)
    {
        Assert.Equal(6, Smallest.Qr);
        Assert.Equal([code], await ReadBackAsync(LabelSheet.Pdf([Label(code, "G-0409")], Smallest), 300));
    }

    [Fact]
    public async Task Each_of_a_hundred_random_codes_is_read_at_6_mm_and_300_dpi()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => LabelCode.New()).ToList();
        Assert.Equal(codes.Order(), (await ReadBackAsync(LabelSheet.Pdf([.. codes.Select(code => Label(code, "G-0409"))], Smallest), 300)).Order());
    }

    /// <summary>Cut out where the sheet's maker cuts the paper, as nobody scans a whole sheet at once.</summary>
    [Theory]
    [InlineData("a4-65", 0, 3)]
    [InlineData("a4-65", 63, 4)]
    [InlineData("a4-189", 7, 3)]
    [InlineData("single", 0, 2)]
    [InlineData("single-tag", 0, 2)]
    public async Task Every_code_lies_on_its_label_of_the_sheet(string key, int skip, int count)
    {
        var format = LabelFormat.Find(key);
        var labels = Enumerable.Range(0, count).Select(_ => Label(LabelCode.New(), "A very long name of a grid that does not fit")).ToList();
        var pdf = LabelSheet.Pdf(labels, format, skip);
        for (var i = 0; i < count; i++)
        {
            var place = (skip + i) % format.OnPage;
            var (row, column) = (place / format.Columns, place % format.Columns);
            string[] cut =
            [
                "-f", $"{((skip + i) / format.OnPage) + 1}", "-l", $"{((skip + i) / format.OnPage) + 1}",
                "-x", Dots(format.Left + (column * format.Pitch)), "-y", Dots(format.Top + (row * format.Height)), "-W", Dots(format.Width), "-H", Dots(format.Height),
            ];
            Assert.Equal([labels[i].Code], await ReadBackAsync(pdf, 300, cut));
        }

        static string Dots(double mm) => $"{(int)Math.Round(mm / 25.4 * 300)}";
    }

    [Fact]
    public void Every_format_lies_on_its_page_with_the_quiet_zone_a_reader_needs()
    {
        Assert.All(LabelFormat.All, format =>
        {
            Assert.True(format.Left + ((format.Columns - 1) * format.Pitch) + format.Width <= format.PageWidth, format.Key);
            Assert.True(format.Top + (format.Rows * format.Height) <= format.PageHeight + 1e-9, format.Key);
            Assert.True((format.Height - format.Qr) / 2 >= LabelQr.Quiet * format.Qr / LabelQr.Modules - 1e-9, $"{format.Key}: quiet zone above and below");
            Assert.True(format.Qr >= 6, format.Key);
        });
        Assert.Distinct(LabelFormat.All.Select(format => format.Key));
    }

    [Fact]
    public void A_code_that_does_not_fit_version_1_is_not_drawn() => Assert.Throws<ArgumentOutOfRangeException>(() => LabelQr.Runs("ABCDEFGHIJKLMNOPQ"));

    private static LabelRow Label(string code, string name) => new(Guid.Empty, Guid.Empty, "Demo lab", code, new SampleLink(Guid.Empty, SampleKind.Grid, name), default, null);

    private static async Task<string[]> ReadBackAsync(byte[] pdf, int dpi, params string[] cut)
    {
        var folder = Directory.CreateTempSubdirectory("labels-");
        try
        {
            var file = Path.Combine(folder.FullName, "labels.pdf");
            await File.WriteAllBytesAsync(file, pdf, Ct);
            await Outside.RunAsync("pdftoppm", ["-r", $"{dpi}", .. cut, "-gray", "-png", file, Path.Combine(folder.FullName, "page")], Ct);
            var pages = folder.GetFiles("page*.png").Select(page => page.FullName).Order(StringComparer.Ordinal);
            return (await Outside.RunAsync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", .. pages], Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

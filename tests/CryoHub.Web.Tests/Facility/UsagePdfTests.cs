using CryoHub.Platform.Facility;
using CryoHub.Web.Features.Facility;

namespace CryoHub.Web.Tests.Facility;

/// <summary>Read back by pdftotext.</summary>
public sealed class UsagePdfTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_and_total_is_on_the_pages()
    {
        var from = new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero);
        List<UsageLine> lines = [.. Enumerable.Range(1, 60).Select(n => new UsageLine($"Lab {n}", "TEM 1", BookingKind.Use, n, n * 1.5, n * 100m, n % 2 == 0 ? "EUR" : "CHF"))];
        lines.Add(new UsageLine("Lab 61", "FIB 1", BookingKind.Use, 1, 1, null, ""));
        var report = new UsageReport(Guid.Empty, "Facility North", UsageSide.Instruments, "Europe/Berlin", from, from.AddDays(28), true, lines, [new UsageDowntime("FIB 1", 53.25)]);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, UsagePdf.Write(report), Ct);
            var text = await Outside.RunAsync("pdftotext", ["-layout", file, "-"], Ct);
            Assert.Contains("Use of the instruments of Facility North", text, StringComparison.Ordinal);
            Assert.Contains("February 2026", text, StringComparison.Ordinal);
            Assert.All(lines, line => Assert.Matches($@"{line.Lab} +\S+ \d +use +{line.Bookings} ", text));
            Assert.Matches(@"Lab 61 .* no rate", text);
            Assert.Matches(@"FIB 1 +down +53\.25", text);
            Assert.Contains("93,000.00 EUR", text, StringComparison.Ordinal);   // 100 x (2 + 4 + ... + 60) = 100 x 930
            Assert.Contains("90,000.00 CHF", text, StringComparison.Ordinal);   // 100 x (1 + 3 + ... + 59) = 100 x 900
        }
        finally
        {
            File.Delete(file);
        }
    }
}

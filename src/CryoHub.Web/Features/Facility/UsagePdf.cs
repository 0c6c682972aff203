using System.Globalization;
using CryoHub.Platform.Facility;
using CryoHub.Web.Pdf;

namespace CryoHub.Web.Features.Facility;

/// <summary>The usage report on A4.</summary>
internal static class UsagePdf
{
    private const double Width = 210, Height = 297, Left = 18, Right = 192, Row = 6.5, Bottom = 278;

    private static readonly (string Name, double At, double Room)[] Columns = [("Lab", Left, 52), ("Instrument", 72, 40), ("Kind", 114, 22), ("Bookings", 138, 14), ("Hours", 154, 14), ("Cost", 170, 22)];

    public static byte[] Write(UsageReport report)
    {
        var month = LabZone.Of(report.TimeZone).At(report.From).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        var title = report.Side == UsageSide.Instruments ? $"Use of the instruments of {report.LabName}" : $"What {report.LabName} used";
        var document = new PdfDocument($"{title}, {month}");
        var page = document.AddPage(Width, Height);
        page.Fit(title, 6, Left, 24, Right - Left);
        page.Fit($"{month}, by the clock of {report.TimeZone}{(report.IsWholeMonth ? "" : $"; the month is not over, counted until {LabZone.Of(report.TimeZone).At(report.Until).ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}")}", 3.4, Left, 32, Right - Left);
        var at = Head(page, 42);
        foreach (var cells in Lines(report))
        {
            if (at + Row > Bottom)
            {
                page = document.AddPage(Width, Height);
                page.Fit($"{title}, {month}, continued", 3.4, Left, 20, Right - Left);
                at = Head(page, 28);
            }

            for (var i = 0; i < cells.Length; i++)
            {
                page.Fit(cells[i], 3.2, Columns[i].At, at + 4.4, Columns[i].Room);
            }

            page.Fill([(Left, at + Row, Right - Left, 0.1)]);
            at += Row;
        }

        page.Fit("Each booking counts with its part of the month, at the rate of the moment at which it began.", 2.8, Left, Math.Min(at + 8, 288), Right - Left);
        return document.ToArray();
    }

    private static IEnumerable<string[]> Lines(UsageReport report)
    {
        foreach (var line in report.Lines)
        {
            yield return [line.Lab, line.Instrument, Kind(line.Kind), line.Bookings.ToString(CultureInfo.InvariantCulture), Hours(line.Hours), Cost(line)];
        }

        foreach (var down in report.Downtime)
        {
            yield return ["", down.Instrument, "down", "", Hours(down.Hours), ""];
        }

        foreach (var (currency, cost) in report.Totals)
        {
            yield return ["Total", "", "", "", "", $"{cost.ToString("N2", CultureInfo.InvariantCulture)} {currency}"];
        }
    }

    private static double Head(PdfPage page, double baseline)
    {
        foreach (var (name, left, room) in Columns)
        {
            page.Fit(name, 3, left, baseline, room);
        }

        page.Fill([(Left, baseline + 2, Right - Left, 0.3)]);
        return baseline + 2;
    }

    internal static string Hours(double hours) => hours.ToString("N2", CultureInfo.InvariantCulture);

    internal static string Kind(BookingKind kind) => kind == BookingKind.Use ? "use" : "maintenance";

    /// <summary>What it costs, or in words why nothing stands there.</summary>
    internal static string Cost(UsageLine line) =>
        line.Kind == BookingKind.Maintenance ? "" : line.Cost is { } cost ? $"{cost.ToString("N2", CultureInfo.InvariantCulture)} {line.Currency}" : "no rate";
}

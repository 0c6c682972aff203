using System.Text;
using System.Text.Json.Serialization;

namespace CryoHub.Platform.Facility;

/// <summary>One month of use, by lab, instrument, kind and currency.</summary>
/// <param name="From">By the clock of <paramref name="TimeZone"/>.</param>
/// <param name="Until">The month's end, or now while it lasts: what is booked is not yet used.</param>
/// <param name="Downtime">Empty on the charged side.</param>
public sealed record UsageReport(
    Guid LabId, string LabName, UsageSide Side, string TimeZone, DateTimeOffset From, DateTimeOffset Until, bool IsWholeMonth, IReadOnlyList<UsageLine> Lines, IReadOnlyList<UsageDowntime> Downtime)
{
    /// <summary>Sums by currency; hours without a rate are in none.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Currency, decimal Cost)> Totals =>
        [.. Lines.Where(line => line.Cost is not null && line.Currency.Length > 0).GroupBy(line => line.Currency).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(line => line.Cost!.Value)))];

    /// <summary>The lines, and a line of its own for each instrument that was down; hours to the hundredth.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("lab,instrument,kind,bookings,hours,cost,currency\n");
        foreach (var line in Lines)
        {
            Add(line.Lab, line.Instrument, line.Kind == BookingKind.Use ? "use" : "maintenance", line.Bookings, Math.Round(line.Hours, 2), line.Cost, line.Currency);
        }

        foreach (var down in Downtime)
        {
            Add(LabName, down.Instrument, "down", "", Math.Round(down.Hours, 2), "", "");
        }

        return text.ToString();

        void Add(params object?[] cells) => text.AppendJoin(',', cells.Select(CsvText.Cell)).Append('\n');
    }
}

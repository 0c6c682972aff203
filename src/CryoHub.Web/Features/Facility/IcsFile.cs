using System.Globalization;
using System.Text;
using CryoHub.Platform.Facility;

namespace CryoHub.Web.Features.Facility;

/// <summary>Bookings as iCalendar (RFC 5545): times in UTC, so every program shows them in its own zone and no zone table is needed.</summary>
internal static class IcsFile
{
    /// <summary>Octets of a line, its end not counted (section 3.1).</summary>
    private const int LineOctets = 75;

    public static string Write(FeedContent feed, DateTimeOffset now)
    {
        var file = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//CryoHub//Bookings//EN");
        Line($"X-WR-CALNAME:{Text(feed.Name)}");
        foreach (var booking in feed.Bookings)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{booking.Id}@cryohub");
            Line($"DTSTAMP:{Time(now)}");
            Line($"DTSTART:{Time(booking.From)}");
            Line($"DTEND:{Time(booking.Until)}");
            Line($"SUMMARY:{Text(Summary(booking))}");
            Line($"LOCATION:{Text(booking.Instrument)}");
            Line($"STATUS:{(booking.State == BookingState.Confirmed ? "CONFIRMED" : "TENTATIVE")}");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return file.ToString();

        void Line(string line) => Fold(file, line);
    }

    private static string Summary(BookingRow booking) => booking.Who.Length == 0 ? $"{booking.Instrument}: taken"
        : $"{booking.Instrument}: {(booking.Kind == BookingKind.Maintenance ? "maintenance" : booking.ForLab)}{(booking.Purpose.Length > 0 ? $", {booking.Purpose}" : "")} ({booking.Who})";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Section 3.3.11: backslash, semicolon, comma and line ends are escaped; other control characters have no place.</summary>
    private static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(c switch { '\\' => "\\\\", ';' => "\\;", ',' => "\\,", '\n' => "\\n", _ when char.IsControl(c) => " ", _ => c.ToString() });
        }

        return escaped.ToString();
    }

    /// <summary>Cuts between characters, never inside one: a following line begins with a blank.</summary>
    private static void Fold(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}

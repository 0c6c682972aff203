using CryoHub.Platform.Facility;

namespace CryoHub.Web.Features.Facility;

/// <summary>Seven days of a lab's calendar by time that passes, so that a day of 23 or 25 hours is as high as it is long.</summary>
public sealed class CalendarWeek(LabZone zone, DateOnly monday)
{
    public LabZone Zone => zone;

    public DateOnly Monday => monday;

    public DateTimeOffset From => zone.StartOf(monday);

    public DateTimeOffset Until => zone.StartOf(monday.AddDays(7));

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, 7).Select(monday.AddDays);

    /// <summary>Hours of the highest day; the others leave room below.</summary>
    public double Hours => Days.Max(day => zone.LengthOf(day).TotalHours);

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The part of a stretch that lies in a day, in minutes since it began; <c>null</c> where none does.</summary>
    public (double From, double Until)? Part(DateOnly day, DateTimeOffset from, DateTimeOffset until)
    {
        var (start, length) = (zone.StartOf(day), zone.LengthOf(day).TotalMinutes);
        var (first, last) = (Math.Max(0, (from - start).TotalMinutes), Math.Min(length, (until - start).TotalMinutes));
        return last > first ? (first, last) : null;
    }

    /// <summary>What the wall clock shows at each full hour that has passed, for days on which it is changed; empty for others.</summary>
    public IReadOnlyList<(int Passed, string Clock)> OwnHours(DateOnly day)
    {
        var length = zone.LengthOf(day);
        return length == TimeSpan.FromDays(1) ? []
            : [.. Enumerable.Range(0, (int)Math.Ceiling(length.TotalHours)).Select(hour => (hour, zone.At(zone.StartOf(day).AddHours(hour)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)))];
    }
}

using System.Globalization;
using CryoHub.Platform.Facility;

namespace CryoHub.Web.Features.Facility;

/// <summary>Times as the lab's wall clock shows them.</summary>
internal static class ZoneWords
{
    /// <summary>"16 Nov 14:22", with the year where it is another one.</summary>
    public static string When(this LabZone zone, DateTimeOffset at, DateTimeOffset now) =>
        zone.At(at).ToString(zone.At(at).Year == zone.At(now).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Date(this LabZone zone, DateTimeOffset at) => zone.At(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Mon 16 Nov 08:00 to 12:30"; the second date only where it is another day.</summary>
    public static string Span(this LabZone zone, DateTimeOffset from, DateTimeOffset until)
    {
        var (start, end) = (zone.At(from), zone.At(until));
        return string.Create(CultureInfo.InvariantCulture, $"{start:ddd d MMM HH:mm} to {end.ToString(start.Date == end.Date ? "HH:mm" : "ddd d MMM HH:mm", CultureInfo.InvariantCulture)}");
    }

    /// <summary>"UTC+1": what the clock differs by at that moment.</summary>
    public static string Offset(this LabZone zone, DateTimeOffset at)
    {
        var offset = zone.At(at).Offset;
        return offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}";
    }

    public static string Words(this QualificationLevel level) => level switch
    {
        QualificationLevel.Training => "in training",
        QualificationLevel.User => "user",
        _ => "independent",
    };
}

namespace CryoHub.Web.Features.Facility;

/// <param name="TimeZone">IANA name: Europe/Berlin.</param>
public sealed record SetTimeZone(string TimeZone);

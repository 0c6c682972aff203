namespace CryoHub.Web.Tests.Access;

/// <summary>Instruments and what hangs on them. They are the lab's: the annotator, who sees a project only, sees none.</summary>
internal static class FacilityRoutes
{
    private const string Read = "401 404 200 404 200 200 200 404";
    private const string Add = "401 404 403 404 201 201 201 404";
    private const string Act = "401 404 403 404 204 204 204 404";
    private const string ReadByManager = "401 404 403 404 403 200 200 404";
    private const string AddByManager = "401 404 403 404 403 201 201 404";
    private const string ActByManager = "401 404 403 404 403 204 204 404";

    public static IReadOnlyList<RouteRule> Rules { get; } =
    [
        RouteRule.ForAll("GET /api/capabilities", 200),
        RouteRule.ForAll("GET /api/instruments", 200),
        new("GET /api/labs/{id:guid}/instruments", Read, w => $"/api/labs/{w.Lab}/instruments"),
        new("POST /api/labs/{id:guid}/instruments", AddByManager, w => $"/api/labs/{w.Lab}/instruments", _ => Text),
        new("PUT /api/labs/{id:guid}/time-zone", ActByManager, w => $"/api/labs/{w.Lab}/time-zone", _ => new { TimeZone = "Europe/Berlin" }),
        new("GET /api/instruments/{id:guid}", Read, w => $"/api/instruments/{w.Instrument}"),
        new("PUT /api/instruments/{id:guid}", "401 404 403 404 403 200 200 404", w => $"/api/instruments/{w.Instrument}", _ => Text, w => w.InstrumentVersion),
        new("DELETE /api/instruments/{id:guid}", ActByManager, w => $"/api/instruments/{w.Instrument}", Version: w => w.InstrumentVersion),
        new("GET /api/instruments/{id:guid}/calibrations", Read, w => $"/api/instruments/{w.Instrument}/calibrations?at=2026-03-02T00:00:00Z"),
        new("POST /api/instruments/{id:guid}/calibrations", Add, w => $"/api/instruments/{w.Instrument}/calibrations", _ => new { Magnification = 1e5, Pixel = "0.1 nm", ValidFrom = "2026-03-02T00:00:00Z" }),
        new("DELETE /api/calibrations/{id:guid}", Act, w => $"/api/calibrations/{w.Calibration}"),
        new("GET /api/instruments/{id:guid}/qualifications", Read, w => $"/api/instruments/{w.Instrument}/qualifications"),
        new("POST /api/instruments/{id:guid}/qualifications", AddByManager, w => $"/api/instruments/{w.Instrument}/qualifications", _ => new { Email = TestApp.MailOf("editor") }),
        new("DELETE /api/qualifications/{id:guid}", ActByManager, w => $"/api/qualifications/{w.Qualification}"),
        new("GET /api/instruments/{id:guid}/downtimes", Read, w => $"/api/instruments/{w.Instrument}/downtimes"),
        new("POST /api/instruments/{id:guid}/downtimes", Add, w => $"/api/instruments/{w.Instrument}/downtimes", _ => new { Cause = "Gun" }),
        new("POST /api/downtimes/{id:guid}/end", Act, w => $"/api/downtimes/{w.Downtime}/end", _ => new { Remedy = "New gun" }),
        new("GET /api/labs/{id:guid}/bookings", Read, w => $"/api/labs/{w.Lab}/bookings?from=2026-03-01T00:00:00Z&until=2026-03-08T00:00:00Z"),
        RouteRule.ForAll("GET /api/labs/{id:guid}/bookings/asked", 200) with { Url = w => $"/api/labs/{w.Lab}/bookings/asked" },   // empty but for managers
        RouteRule.ForAll("GET /api/bookings", 200),
        new("POST /api/bookings", Add, w => "/api/bookings", w => new { Instruments = new[] { w.Instrument }, From = World.NextYear.AddDays(2), Until = World.NextYear.AddDays(2).AddHours(1), Purpose = "work", ForLabId = w.Lab }),
        new("GET /api/bookings/{id:guid}", Read, w => $"/api/bookings/{w.Booking}"),
        new("PUT /api/bookings/{id:guid}/times", "401 404 403 404 403 200 200 404", w => $"/api/bookings/{w.Booking}/times", _ => new { From = World.NextYear, Until = World.NextYear.AddHours(1) }, w => w.BookingVersion),
        new("DELETE /api/bookings/{id:guid}", ActByManager, w => $"/api/bookings/{w.Booking}"),
        new("POST /api/bookings/{id:guid}/decision", ActByManager, w => $"/api/bookings/{w.AskedBooking}/decision", _ => new { IsConfirmed = true }),
        // Of whom the booking is not, sees its files as a colleague of the lab that is charged; viewers work on nothing.
        new("GET /api/bookings/{id:guid}/files", "401 404 404 404 200 200 200 404", w => $"/api/bookings/{w.PastBooking}/files?projectId={w.Project}"),
        new("POST /api/bookings/{id:guid}/session", "401 404 404 404 201 201 201 404", w => $"/api/bookings/{w.PastBooking}/session", w => new { ProjectId = w.Project }),
        new("GET /api/instruments/{id:guid}/clock-checks", Read, w => $"/api/instruments/{w.Instrument}/clock-checks"),
        new("POST /api/instruments/{id:guid}/clock-checks", "401 404 403 404 200 200 200 404", w => $"/api/instruments/{w.Instrument}/clock-checks", _ => new { OffsetSeconds = 2400 }),
        new("GET /api/instruments/{id:guid}/rates", Read, w => $"/api/instruments/{w.Instrument}/rates"),
        new("POST /api/instruments/{id:guid}/rates", AddByManager, w => $"/api/instruments/{w.Instrument}/rates", _ => new { PerHour = 85.5, Currency = "EUR", ValidFrom = "2026-03-01T00:00:00Z" }),
        new("GET /api/labs/{id:guid}/usage-report", ReadByManager, w => $"/api/labs/{w.Lab}/usage-report?month=2026-03"),
        new("GET /api/labs/{id:guid}/usage-report.csv", ReadByManager, w => $"/api/labs/{w.Lab}/usage-report.csv?month=2026-03&side=charged"),
        new("GET /api/labs/{id:guid}/usage-report.pdf", ReadByManager, w => $"/api/labs/{w.Lab}/usage-report.pdf?month=2026-03"),
        new("GET /api/labs/{id:guid}/today", ReadByManager, w => $"/api/labs/{w.Lab}/today"),
        RouteRule.ForAll("GET /api/calendar-feeds", 200),
        RouteRule.ForAll("POST /api/calendar-feeds", 201, _ => new { }),
        RouteRule.ForAll("DELETE /api/calendar-feeds/{id:guid}", 404) with { Url = w => $"/api/calendar-feeds/{w.Booking}" },   // only ever one's own
        // Whoever has the secret address reads it, as calendar programs do.
        new("GET /api/calendar/{code}.ics", "200 200 200 200 200 200 200 200", w => $"/api/calendar/{w.FeedCode}.ics"),
    ];

    private static object Text => new { Name = "TEM 9", Capabilities = new[] { "eels" } };
}

using CryoHub.Platform.Facility;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Facility;

internal static class BookingsApi
{
    public static void MapBookings(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api").WithTags("Bookings").RequireAuthorization();
        all.MapGet("/labs/{id:guid}/bookings", CalendarAsync);
        all.MapGet("/labs/{id:guid}/bookings/asked", ToDecideAsync);
        all.MapGet("/bookings", MineAsync);
        all.MapPost("/bookings", BookAsync);

        var one = all.MapGroup("/bookings/{id:guid}");
        one.MapGet("", FindAsync);
        one.MapPut("/times", MoveAsync);
        one.MapDelete("", CancelAsync);
        one.MapPost("/decision", DecideAsync);

        // Who has the address reads the calendar: making and listing addresses is for signed-in people only.
        all.MapGet("/calendar-feeds", FeedsAsync).NotByToken();
        all.MapPost("/calendar-feeds", CreateFeedAsync).NotByToken();
        all.MapDelete("/calendar-feeds/{id:guid}", RevokeFeedAsync).NotByToken();
        routes.MapGet("/api/calendar/{code}.ics", ReadFeedAsync).WithTags("Bookings").AllowAnonymous();
    }

    private static Task<Results<Ok<IReadOnlyList<BookingRow>>, NotFound>> CalendarAsync(Guid id, DateTimeOffset from, DateTimeOffset until, CurrentUser user, BookingCalendar calendar, CancellationToken ct) =>
        calendar.ListAsync(user.Id, id, from, until, ct).OrNotFound();

    private static async Task<Ok<IReadOnlyList<BookingRow>>> ToDecideAsync(Guid id, CurrentUser user, BookingCalendar calendar, CancellationToken ct) =>
        TypedResults.Ok(await calendar.ToDecideAsync(user.Id, id, ct));

    private static async Task<Ok<IReadOnlyList<BookingRow>>> MineAsync(CurrentUser user, BookingCalendar calendar, CancellationToken ct) => TypedResults.Ok(await calendar.MineAsync(user.Id, ct));

    private static async Task<Results<Created<Booked>, NotFound>> BookAsync(NewBooking body, CurrentUser user, BookingDesk desk, CancellationToken ct) =>
        await desk.BookAsync(user.Id, body, ct) is { } booked ? TypedResults.Created($"/api/bookings/{booked.Ids[0]}", booked) : TypedResults.NotFound();

    private static Task<FoundResult<BookingRow>> FindAsync(Guid id, CurrentUser user, BookingCalendar calendar, CancellationToken ct) =>
        calendar.FindAsync(user.Id, id, ct).WithVersion(booking => booking.Version);

    private static Task<EditResult<BookingRow>> MoveAsync(Guid id, BookingTimes body, IfMatch version, CurrentUser user, BookingDesk desk, BookingCalendar calendar, CancellationToken ct) =>
        desk.MoveAsync(user.Id, id, body.From, body.Until, version.Value, ct).ThenRead(() => calendar.FindAsync(user.Id, id, ct), booking => booking.Version, body);

    private static Task<ChangeResult> CancelAsync(Guid id, bool? series, string? reason, CurrentUser user, BookingDesk desk, CancellationToken ct) =>
        desk.CancelAsync(user.Id, id, series ?? false, reason, ct).ToAnswer();

    private static Task<ChangeResult> DecideAsync(Guid id, Decision body, CurrentUser user, BookingDesk desk, CancellationToken ct) => desk.DecideAsync(user.Id, id, body, ct).ToAnswer();

    private static async Task<Ok<IReadOnlyList<FeedRow>>> FeedsAsync(CurrentUser user, CalendarFeeds feeds, CancellationToken ct) => TypedResults.Ok(await feeds.ListAsync(user.Id, ct));

    private static async Task<Results<Created<NewFeed>, NotFound>> CreateFeedAsync(CreateFeed body, CurrentUser user, CalendarFeeds feeds, CancellationToken ct) =>
        await feeds.CreateAsync(user.Id, body.LabId, ct) is { } feed ? TypedResults.Created($"/api/calendar/{feed.Code}.ics", feed) : TypedResults.NotFound();

    private static Task<ChangeResult> RevokeFeedAsync(Guid id, CurrentUser user, CalendarFeeds feeds, CancellationToken ct) => feeds.RevokeAsync(user.Id, id, ct).ToAnswer();

    private static async Task<Results<ContentHttpResult, NotFound>> ReadFeedAsync(string code, CalendarFeeds feeds, TimeProvider time, CancellationToken ct) =>
        await feeds.ReadAsync(code, ct) is { } feed ? TypedResults.Content(IcsFile.Write(feed, time.GetUtcNow()), "text/calendar; charset=utf-8") : TypedResults.NotFound();
}

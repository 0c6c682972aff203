using CryoHub.Platform;
using CryoHub.Platform.Facility;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Facility;

internal static class SessionsOfBookings
{
    public static void MapSessionsOfBookings(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api").WithTags("Bookings").RequireAuthorization();
        all.MapGet("/bookings/{id:guid}/files", ProposeAsync);
        all.MapPost("/bookings/{id:guid}/session", BuildAsync);
        all.MapGet("/instruments/{id:guid}/clock-checks", ClockAsync);
        all.MapPost("/instruments/{id:guid}/clock-checks", CheckClockAsync);
    }

    private static Task<Results<Ok<SessionProposal>, NotFound>> ProposeAsync(Guid id, Guid projectId, CurrentUser user, SessionBuilder builder, CancellationToken ct) =>
        builder.ProposeAsync(user.Id, id, projectId, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> BuildAsync(Guid id, BuildSession body, CurrentUser user, SessionBuilder builder, CancellationToken ct) =>
        builder.BuildAsync(user.Id, id, body.ProjectId, ct).CreatedAt("/api/sessions");

    private static Task<Results<Ok<Page<ClockRow>>, NotFound>> ClockAsync(Guid id, [AsParameters] PageQuery page, CurrentUser user, ClockLog log, CancellationToken ct) =>
        log.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<Results<Ok<ClockAnswer>, NotFound>> CheckClockAsync(Guid id, ClockReading body, CurrentUser user, ClockLog log, CancellationToken ct) =>
        log.CheckAsync(user.Id, id, body, ct).OrNotFound();
}

using CryoHub.Platform.Custody;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Custody;

internal static class CustodyApi
{
    public static void MapCustody(this IEndpointRouteBuilder routes)
    {
        var custody = routes.MapGroup("/api/samples/{id:guid}/custody").WithTags("Custody").RequireAuthorization();
        custody.MapGet("", FindAsync);
        custody.MapPost("/put-away", PutAwayAsync);
        custody.MapPost("/take-out", TakeOutAsync);
        custody.MapPost("/past", RecordPastAsync);
        custody.MapPost("/accept-gap", AcceptAsync);
    }

    private static Task<Results<Ok<CustodyCard>, NotFound>> FindAsync(Guid id, CurrentUser user, CustodyBook book, CancellationToken ct) => book.OfAsync(user.Id, id, ct).OrNotFound();

    private static Task<ChangeResult> PutAwayAsync(Guid id, PutAway body, CurrentUser user, CustodyLog log, CancellationToken ct) => log.PutAwayAsync(user.Id, id, body, ct).ToAnswer();

    private static Task<ChangeResult> TakeOutAsync(Guid id, TakeOut body, CurrentUser user, CustodyLog log, CancellationToken ct) => log.TakeOutAsync(user.Id, id, body, ct).ToAnswer();

    private static Task<ChangeResult> RecordPastAsync(Guid id, RecordPast body, CurrentUser user, CustodyLog log, CancellationToken ct) => log.RecordPastAsync(user.Id, id, body, ct).ToAnswer();

    private static Task<ChangeResult> AcceptAsync(Guid id, AcceptGap body, CurrentUser user, CustodyLog log, CancellationToken ct) => log.AcceptAsync(user.Id, id, body, ct).ToAnswer();
}

using CryoHub.Platform;
using CryoHub.Platform.Custody;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Custody;

internal static class HandoversApi
{
    public static void MapHandovers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/samples/{id:guid}/handovers", OfferAsync).WithTags("Custody").RequireAuthorization();
        routes.MapGet("/api/labs/known", KnownAsync).WithTags("Custody").RequireAuthorization();

        var handovers = routes.MapGroup("/api/handovers").WithTags("Custody").RequireAuthorization();
        handovers.MapGet("", ListAsync);
        handovers.MapPost("/{id:guid}/accept", AcceptAsync);
        handovers.MapPost("/{id:guid}/decline", DeclineAsync);
        handovers.MapDelete("/{id:guid}", WithdrawAsync);
    }

    private static Task<Results<Created<NewId>, NotFound>> OfferAsync(Guid id, OfferItem body, CurrentUser user, HandoverDesk desk, CancellationToken ct) =>
        desk.OfferAsync(user.Id, id, body, ct).CreatedAt("/api/handovers");

    private static async Task<Ok<IReadOnlyList<KnownLab>>> KnownAsync(CurrentUser user, KnownLabs labs, CancellationToken ct) => TypedResults.Ok(await labs.ListAsync(user.Id, ct));

    private static async Task<Ok<Page<OfferRow>>> ListAsync([AsParameters] PageQuery page, CurrentUser user, HandoverDesk desk, CancellationToken ct) =>
        TypedResults.Ok(await desk.ListAsync(user.Id, page, ct));

    private static Task<ChangeResult> AcceptAsync(Guid id, AnswerOffer body, CurrentUser user, HandoverDesk desk, CancellationToken ct) => desk.AcceptAsync(user.Id, id, body.Note, ct).ToAnswer();

    private static Task<ChangeResult> DeclineAsync(Guid id, AnswerOffer body, CurrentUser user, HandoverDesk desk, CancellationToken ct) => desk.DeclineAsync(user.Id, id, body.Note, ct).ToAnswer();

    private static Task<ChangeResult> WithdrawAsync(Guid id, CurrentUser user, HandoverDesk desk, CancellationToken ct) => desk.WithdrawAsync(user.Id, id, ct).ToAnswer();
}

using CryoHub.Platform.Pairs;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Pairs;

internal static class PairsApi
{
    public static void MapPairs(this IEndpointRouteBuilder routes)
    {
        var ofSample = routes.MapGroup("/api/samples/{id:guid}/pairs").WithTags("Pairs").RequireAuthorization();
        ofSample.MapGet("", ListAsync);
        ofSample.MapPost("", LinkAsync);
        routes.MapDelete("/api/pairs/{id:guid}", UnlinkAsync).WithTags("Pairs").RequireAuthorization();
    }

    private static Task<Results<Ok<IReadOnlyList<PairRow>>, NotFound>> ListAsync(Guid id, CurrentUser user, PairBook pairs, CancellationToken ct) => pairs.OfSampleAsync(user.Id, id, ct).OrNotFound();

    private static Task<Results<Created<NewId>, NotFound>> LinkAsync(Guid id, LinkPair body, CurrentUser user, PairBook pairs, CancellationToken ct) =>
        pairs.LinkAsync(user.Id, id, body, ct).CreatedAt("/api/pairs");

    private static Task<ChangeResult> UnlinkAsync(Guid id, CurrentUser user, PairBook pairs, CancellationToken ct) => pairs.UnlinkAsync(user.Id, id, ct).ToAnswer();
}

using CryoHub.Platform;
using CryoHub.Platform.Projects;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Projects;

internal static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder routes)
    {
        var shares = routes.MapGroup("/api/projects/{id:guid}/shares").WithTags("Projects").RequireAuthorization();
        shares.MapGet("", ListAsync);
        shares.MapPost("", ShareAsync);
        shares.MapDelete("/{shareId:guid}", UnshareAsync);
    }

    private static Task<Results<Ok<Page<ShareRow>>, NotFound>> ListAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, ProjectShares shares, CancellationToken ct) =>
        shares.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<ChangeResult> ShareAsync(Guid id, ShareProject body, CurrentUser user, ProjectShares shares, CancellationToken ct) =>
        shares.ShareAsync(user.Id, id, body.LabId, body.Email, body.Role, ct).ToAnswer();

    private static Task<ChangeResult> UnshareAsync(Guid id, Guid shareId, CurrentUser user, ProjectShares shares, CancellationToken ct) =>
        shares.UnshareAsync(user.Id, id, shareId, ct).ToAnswer();
}

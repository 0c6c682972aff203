using CryoHub.Imaging;
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
        var mailed = routes.MapGroup("/api/projects/{id:guid}/invitations").WithTags("Projects").RequireAuthorization();
        mailed.MapGet("", ListMailedAsync);
        mailed.MapDelete("/{invitationId:guid}", WithdrawAsync);
    }

    private static Task<Results<Ok<Page<ShareRow>>, NotFound>> ListAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, ProjectShares shares, CancellationToken ct) =>
        shares.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<ChangeResult> ShareAsync(Guid id, ShareProject body, CurrentUser user, ProjectShares shares, SharesByMail mailed, CancellationToken ct) => body switch
    {
        { LabId: { } labId, Email: null } => shares.ShareAsync(user.Id, id, labId, body.Role, ct).ToAnswer(),
        { LabId: null, Email: { } email } => mailed.ShareAsync(user.Id, id, email, body.Role, ct).ToAnswer(),
        _ => throw new ProblemException(ProblemKind.Invalid, "Name either a lab or one person's mail address."),
    };

    private static Task<ChangeResult> UnshareAsync(Guid id, Guid shareId, CurrentUser user, ProjectShares shares, CancellationToken ct) =>
        shares.UnshareAsync(user.Id, id, shareId, ct).ToAnswer();

    private static Task<Results<Ok<Page<SharedByMailRow>>, NotFound>> ListMailedAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, SharesByMail mailed, CancellationToken ct) =>
        mailed.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<ChangeResult> WithdrawAsync(Guid id, Guid invitationId, CurrentUser user, SharesByMail mailed, CancellationToken ct) =>
        mailed.WithdrawAsync(user.Id, id, invitationId, ct).ToAnswer();
}

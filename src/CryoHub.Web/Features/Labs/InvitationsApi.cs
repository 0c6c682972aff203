using CryoHub.Platform;
using CryoHub.Platform.Labs;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Labs;

/// <summary>A lab's open invitations, for its managers; others are told there is nothing.</summary>
internal static class InvitationsApi
{
    public static void MapInvitations(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/api/labs/{id:guid}/invitations").WithTags("Labs").RequireAuthorization();
        invitations.MapGet("", ListAsync);
        invitations.MapPost("", CreateAsync);
        invitations.MapDelete("/{invitationId:guid}", WithdrawAsync);
    }

    private static Task<Results<Ok<Page<InvitationRow>>, NotFound>> ListAsync(
        Guid id, [AsParameters] PageQuery page, CurrentUser user, Invitations invitations, CancellationToken ct) =>
        invitations.ListAsync(user.Id, id, page, ct).OrNotFound();

    private static Task<ChangeResult> CreateAsync(Guid id, Invite body, CurrentUser user, Invitations invitations, CancellationToken ct) =>
        invitations.CreateAsync(user.Id, id, body.Email, body.Role, ct).ToAnswer();

    private static Task<ChangeResult> WithdrawAsync(Guid id, Guid invitationId, CurrentUser user, Invitations invitations, CancellationToken ct) =>
        invitations.WithdrawAsync(user.Id, id, invitationId, ct).ToAnswer();
}

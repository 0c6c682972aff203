using CryoHub.Platform;
using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryoHub.Web.Features.Users;

/// <summary>A person's own access tokens; no token can make another.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/me/tokens").WithTags("Users").RequireAuthorization().NotByToken();
        tokens.MapGet("", ListAsync);
        tokens.MapPost("", CreateAsync);
        tokens.MapDelete("/{id:guid}", RevokeAsync);
    }

    private static async Task<Ok<Page<TokenRow>>> ListAsync([AsParameters] PageQuery page, CurrentUser user, AccessTokens tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.ListAsync(user.Id, page, ct));

    private static async Task<Ok<NewToken>> CreateAsync(CreateToken body, CurrentUser user, AccessTokens tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.CreateAsync(user.Id, body.Name, body.Scopes, body.Days, ct));

    private static Task<ChangeResult> RevokeAsync(Guid id, CurrentUser user, AccessTokens tokens, CancellationToken ct) =>
        tokens.RevokeAsync(user.Id, id, ct).ToAnswer();
}

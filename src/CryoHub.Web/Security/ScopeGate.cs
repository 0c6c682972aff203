using CryoHub.Platform.Users;
using CryoHub.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CryoHub.Web.Security;

/// <summary>The last question of authorization: does the token's scope cover this endpoint?</summary>
internal sealed class ScopeGate : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded && Missing(context) is { } reason
            ? Refusals.Forbidden(reason).ExecuteAsync(context)
            : otherwise.HandleAsync(next, context, policy, authorizeResult);

    private static string? Missing(HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType != Schemes.Token)
        {
            return null;
        }

        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<ScopeNeeded>() ?? new ScopeNeeded(reads ? TokenScopes.Read : TokenScopes.Write);
        return needed.Scope is null ? "A token cannot do this; sign in."
            : context.User.HasClaim(Schemes.ScopeClaim, needed.Scope) ? null
            : $"This needs a token with the scope “{needed.Scope}”.";
    }
}

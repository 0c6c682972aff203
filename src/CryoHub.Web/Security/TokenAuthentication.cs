using System.Security.Claims;
using System.Text.Encodings.Web;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>Personal access tokens: <c>Authorization: Bearer cryohub_...</c>. Looked up on every request, so a revoked token is dead at once.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    public static bool IsAsked(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await tokens.FindAsync(Request.Headers.Authorization.ToString()[Prefix.Length..].Trim(), Context.RequestAborted) is not { } token)
        {
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        }

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, token.UserId.ToString()), new Claim(ClaimTypes.Name, token.Email), new Claim(Schemes.TokenClaim, token.TokenId.ToString()),
                .. token.Scopes.Select(scope => new Claim(Schemes.ScopeClaim, scope))],
            Schemes.Token);
        var properties = new AuthenticationProperties { ExpiresUtc = token.ExpiresAt };   // open hub connections end then
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Schemes.Token));
    }
}

using System.Security.Claims;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>What a cookie says about a person; refreshed with the cookie.</summary>
internal sealed class UserClaims(UserManager<User> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        if (user.IsAdministrator)
        {
            identity.AddClaim(new Claim(Schemes.Administrator, "true"));
        }

        return identity;
    }
}

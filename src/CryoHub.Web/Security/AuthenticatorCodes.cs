using CryoHub.Platform;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Web.Security;

/// <summary>
/// Codes of an authenticator app (RFC 6238). The framework's own check accepts a code again and again while it is valid; here each time step works once:
/// one conditional update both checks and remembers it.
/// </summary>
internal sealed class AuthenticatorCodes(IDbContextFactory<CryoHubDb> dbs, TimeProvider time) : IUserTwoFactorTokenProvider<User>
{
    public Task<string> GenerateAsync(string purpose, UserManager<User> manager, User user) =>
        throw new NotSupportedException("Codes are made by the person's own device.");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<User> manager, User user) => await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
        {
            return false;
        }

        var now = TimeCode.StepAt(time.GetUtcNow());
        var secret = Base32.Decode(key);
        foreach (var step in (long[])[now, now - 1, now + 1])   // clocks differ by half a minute
        {
            if (TimeCode.Matches(secret, step, token))
            {
                await using var db = await dbs.CreateDbContextAsync();
                return await db.Users.Where(u => u.Id == user.Id && u.LastCodeStep < step)
                    .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastCodeStep, step)) == 1;
            }
        }

        return false;
    }
}

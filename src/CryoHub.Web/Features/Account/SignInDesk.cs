using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;

namespace CryoHub.Web.Features.Account;

/// <summary>Signs people in and out. An unknown address, a wrong password and a locked account look the same and take the same time.</summary>
public sealed class SignInDesk(SignInManager<User> signIn, UserManager<User> users, IPasswordHasher<User> hasher)
{
    /// <summary>The only thing a refused person learns.</summary>
    public const string Refusal = "The mail address, the password or the code is wrong.";

    private static readonly User Nobody = new();
    private static string? nobodysHash;

    public async Task<SignInOutcome> WithPasswordAsync(string? email, string? password, bool remember)
    {
        var user = await users.FindByEmailAsync(email ?? "");
        if (user?.PasswordHash is null || await users.IsLockedOutAsync(user))
        {
            // The same work as for a right address; otherwise the time would tell.
            nobodysHash ??= hasher.HashPassword(Nobody, "nobody");
            hasher.VerifyHashedPassword(Nobody, nobodysHash, password ?? "");
            return SignInOutcome.Refused;
        }

        return Outcome(await signIn.PasswordSignInAsync(user, password ?? "", remember, lockoutOnFailure: true));
    }

    /// <summary>The second step; it works only for the person whose password was right in the first, as the server's own cookie says.</summary>
    public async Task<SignInOutcome> WithCodeAsync(string? code, bool remember) =>
        Outcome(await signIn.TwoFactorAuthenticatorSignInAsync(Plain(code), remember, rememberClient: false));

    /// <summary>The second step with one of the codes kept for a lost device; each works once.</summary>
    public async Task<SignInOutcome> WithRecoveryCodeAsync(string? code) => Outcome(await signIn.TwoFactorRecoveryCodeSignInAsync((code ?? "").Trim()));

    public Task SignOutAsync() => signIn.SignOutAsync();

    private static string Plain(string? code) => (code ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static SignInOutcome Outcome(SignInResult result) =>
        result.Succeeded ? SignInOutcome.SignedIn : result.RequiresTwoFactor ? SignInOutcome.SecondFactorNeeded : SignInOutcome.Refused;
}

using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace CryoHub.Web.Features.Account;

/// <summary>Switches a person's second factor on and off. The secret is made and kept here; nothing a request says can replace it.</summary>
public sealed class SecondFactor(UserManager<User> users, SignInManager<User> signIn, AccessEnding ending)
{
    private const int RecoveryCodes = 10;

    /// <summary>A fresh key to be photographed; it counts only after a code made with it was given back.</summary>
    public async Task<SecondFactorKey> BeginAsync(Guid userId)
    {
        var user = await UserAsync(userId);
        if (user.TwoFactorEnabled)
        {
            throw new ProblemException(ProblemKind.Conflict, "The second factor is on already. Switch it off before you set up another device.");
        }

        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        var key = await users.GetAuthenticatorKeyAsync(user);
        var uri = $"otpauth://totp/CryoHub:{Uri.EscapeDataString(user.Email!)}?secret={key}&issuer=CryoHub";
        using var qr = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(qr);
        return new SecondFactorKey(key!, uri, picture.GetGraphic(4));
    }

    /// <summary>Switches it on where <paramref name="code"/> is right; gives the recovery codes, shown this once.</summary>
    public async Task<IReadOnlyList<string>> ConfirmAsync(Guid userId, string? code, CancellationToken ct)
    {
        var user = await UserAsync(userId);
        if (user.TwoFactorEnabled)
        {
            throw new ProblemException(ProblemKind.Conflict, "The second factor is on already.");
        }

        if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code?.Trim() ?? ""))
        {
            throw new ProblemException(ProblemKind.Invalid, "This code does not fit the key. Look at the clock of your device and try the next code.");
        }

        await users.SetTwoFactorEnabledAsync(user, true);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
        await signIn.RefreshSignInAsync(user);
        await ending.AnnounceAsync([userId], null, ct);
        return [.. codes!];
    }

    /// <summary>Switches it off; the password is asked again, an open browser is not enough.</summary>
    public async Task RemoveAsync(Guid userId, string? password, CancellationToken ct)
    {
        var user = await UserAsync(userId);
        if (!(await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true)).Succeeded)
        {
            throw new ProblemException(ProblemKind.Forbidden, "The password is wrong.");
        }

        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        await ending.AnnounceAsync([userId], null, ct);
    }

    private async Task<User> UserAsync(Guid userId) =>
        await users.FindByIdAsync(userId.ToString()) ?? throw new ProblemException(ProblemKind.Forbidden, "This account does not exist any more.");
}

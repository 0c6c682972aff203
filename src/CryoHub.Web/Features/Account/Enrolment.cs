using CryoHub.Platform.Labs;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;

namespace CryoHub.Web.Features.Account;

/// <summary>Turns an invitation into a membership or a share, with a new account where the invited address has none.</summary>
public sealed class Enrolment(InvitationDesk invitations, UserDirectory directory, SignInManager<User> signIn)
{
    /// <summary>For an address without an account: makes it, comes in and signs in. <c>false</c> where the code is not valid or the address has an account.</summary>
    public async Task<bool> AcceptAsNewAsync(string? code, string? displayName, string? password, CancellationToken ct)
    {
        if (await invitations.FindAsync(code ?? "", ct) is not { HasAccount: false } invitation)
        {
            return false;
        }

        var user = await directory.CreateAsync(invitation.Email, displayName ?? "", password ?? "");
        var accepted = await invitations.AcceptAsync(user.Id, code!, null, ct);
        await signIn.SignInAsync(user, isPersistent: false);
        return accepted;
    }

    /// <summary>For somebody who has signed in: comes in if the invitation is for that person's address, alone or with a lab.</summary>
    public Task<bool> AcceptAsync(Guid userId, string? code, Guid? forLab, CancellationToken ct) => invitations.AcceptAsync(userId, code ?? "", forLab, ct);
}

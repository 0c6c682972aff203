using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Steps;
using CryoHub.Platform.Users;
using Microsoft.AspNetCore.Identity;

namespace CryoHub.Web.Features.Steps;

/// <summary>Signs a finished step: the password is asked again, an open browser is not a signature.</summary>
internal sealed class StepSignature(UserManager<User> users, SignInManager<User> signIn, StepLog steps)
{
    /// <exception cref="ProblemException">Forbidden: the password is wrong.</exception>
    public async Task<Change> SignAsync(Guid userId, Guid stepId, uint version, string? password, CancellationToken ct)
    {
        if (await steps.FindAsync(userId, stepId, ct) is null)
        {
            return Change.Absent;
        }

        var user = await users.FindByIdAsync(userId.ToString());
        return user is not null && (await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true)).Succeeded
            ? await steps.SignAsync(userId, stepId, version, ct)
            : throw new ProblemException(ProblemKind.Forbidden, "The password is wrong; the step is not signed.");
    }
}

namespace CryoHub.Web.Features.Account;

/// <summary>The second step of signing in: a code of the authenticator, or a recovery code.</summary>
public sealed record SecondStep(string? Code, string? RecoveryCode = null, bool Remember = false);

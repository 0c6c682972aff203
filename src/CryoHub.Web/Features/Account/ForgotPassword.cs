namespace CryoHub.Web.Features.Account;

public sealed record ForgotPassword(string? Email);

namespace CryoHub.Web.Features.Account;

public sealed record SignIn(string? Email, string? Password, bool Remember = false);

namespace CryoHub.Web.Features.Account;

public sealed record SetPassword(string? Email, string? Code, string? Password);

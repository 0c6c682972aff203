namespace CryoHub.Web.Features.Users;

public sealed record ConfirmSecondFactor(string? Code);

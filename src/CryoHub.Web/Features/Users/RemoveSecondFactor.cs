namespace CryoHub.Web.Features.Users;

public sealed record RemoveSecondFactor(string? Password);

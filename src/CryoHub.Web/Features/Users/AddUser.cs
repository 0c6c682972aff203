namespace CryoHub.Web.Features.Users;

public sealed record AddUser(string Email, string DisplayName);

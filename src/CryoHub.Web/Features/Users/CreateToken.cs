namespace CryoHub.Web.Features.Users;

public sealed record CreateToken(string Name, IReadOnlyList<string> Scopes, int Days = 90);

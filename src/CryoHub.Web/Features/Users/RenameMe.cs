namespace CryoHub.Web.Features.Users;

public sealed record RenameMe(string DisplayName);

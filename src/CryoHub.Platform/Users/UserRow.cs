namespace CryoHub.Platform.Users;

public sealed record UserRow(Guid Id, string DisplayName, string Email, bool IsAdministrator, bool IsDisabled, bool HasSecondFactor, DateTimeOffset CreatedAt);

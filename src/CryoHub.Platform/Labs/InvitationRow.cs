namespace CryoHub.Platform.Labs;

public sealed record InvitationRow(Guid Id, string Email, LabRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

namespace CryoHub.Platform.Users;

/// <summary>For whom a token speaks, and what it may do.</summary>
public sealed record TokenIdentity(Guid TokenId, Guid UserId, string Email, bool IsAdministrator, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

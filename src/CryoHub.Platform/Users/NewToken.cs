namespace CryoHub.Platform.Users;

/// <summary>A token that was just made; its text is shown this once and never again.</summary>
public sealed record NewToken(Guid Id, string Token, DateTimeOffset ExpiresAt);

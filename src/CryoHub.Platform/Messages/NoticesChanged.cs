namespace CryoHub.Platform.Messages;

/// <summary>A person has a new notice, or one less to read.</summary>
public sealed record NoticesChanged(Guid UserId);

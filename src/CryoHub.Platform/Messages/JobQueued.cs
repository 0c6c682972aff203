namespace CryoHub.Platform.Messages;

/// <summary>The bell: there is work.</summary>
public sealed record JobQueued(Guid JobId);

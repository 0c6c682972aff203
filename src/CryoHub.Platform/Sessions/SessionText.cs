namespace CryoHub.Platform.Sessions;

/// <summary>All that people say about a session; an edit replaces all of it.</summary>
public sealed record SessionText(string Name, string? Instrument = null, DateTimeOffset? StartedAt = null, string? Notes = null);

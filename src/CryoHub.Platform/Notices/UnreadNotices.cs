namespace CryoHub.Platform.Notices;

/// <summary>How much a person has not read yet.</summary>
public sealed record UnreadNotices(int Count);

namespace CryoHub.Platform.Storage;

/// <summary>One line of a store's list.</summary>
public sealed record ObjectInfo(string Key, long Size, DateTimeOffset ChangedAt);

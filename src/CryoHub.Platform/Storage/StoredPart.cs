namespace CryoHub.Platform.Storage;

/// <summary>A part the store holds.</summary>
public sealed record StoredPart(int Number, long Size, string ETag);

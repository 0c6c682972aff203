namespace CryoHub.Platform.Storage;

/// <summary>A part by its number and the ETag the store answered when it took it.</summary>
public sealed record PartTag(int Number, string ETag);

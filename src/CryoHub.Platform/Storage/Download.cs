namespace CryoHub.Platform.Storage;

/// <summary>Bytes a person may have: a seekable stream, its ETag and, for an original, its name.</summary>
public sealed record Download(Stream Content, string ETag, string Name, string MediaType);

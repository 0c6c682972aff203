namespace CryoHub.Platform.Storage;

/// <summary>An upload the store still holds parts of.</summary>
public sealed record OpenMultipart(MultipartUpload Upload, DateTimeOffset BegunAt);

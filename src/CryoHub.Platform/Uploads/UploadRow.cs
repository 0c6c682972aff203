namespace CryoHub.Platform.Uploads;

/// <summary>One of a person's open uploads, to be found again after a reload.</summary>
public sealed record UploadRow(Guid Id, Guid ProjectId, Guid DatasetId, Guid DropId, string Path, long Size, long PartSize, int PartCount, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

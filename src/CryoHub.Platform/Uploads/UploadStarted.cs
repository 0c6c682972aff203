namespace CryoHub.Platform.Uploads;

/// <summary>The upload to send parts to.</summary>
public sealed record UploadStarted(Guid Id, long PartSize, int PartCount, Guid DatasetId);

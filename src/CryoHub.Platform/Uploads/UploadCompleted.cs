namespace CryoHub.Platform.Uploads;

/// <summary>The file is stored. <paramref name="JobId"/> is the ingest job once the last file of its data set has come.</summary>
public sealed record UploadCompleted(Guid DatasetId, Guid? JobId);

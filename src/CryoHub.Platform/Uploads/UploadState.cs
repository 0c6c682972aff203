using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Uploads;

/// <summary>How far an upload is: what has arrived need not be sent again.</summary>
public sealed record UploadState(Guid Id, UploadStatus Status, string Path, long Size, long PartSize, int PartCount, Guid DatasetId, IReadOnlyList<StoredPart> Parts);

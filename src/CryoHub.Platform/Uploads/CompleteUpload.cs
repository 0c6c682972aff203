using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Uploads;

/// <summary>All parts are there: the file's own SHA-256 (hexadecimal) as its sender computed it, and each part's ETag.</summary>
public sealed record CompleteUpload(string Sha256, IReadOnlyList<PartTag>? Parts);

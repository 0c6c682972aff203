namespace CryoHub.Platform.Storage;

/// <summary>A folder on disk, or any S3 server.</summary>
public enum StorageKind { File, S3 }

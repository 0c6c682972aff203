namespace CryoHub.Platform.Storage;

/// <summary>An object on its way: its key and the store's own name of the upload. Two such words reopen it from any process.</summary>
public sealed record MultipartUpload(string Key, string StoreUploadId);

namespace CryoHub.Platform.Storage.Files;

/// <summary>What a signed part address of the file store says; <paramref name="Sha256"/> in lower-case hexadecimal.</summary>
public sealed record FilePart(string UploadId, int Number, long Size, string Sha256, long Expires, string Signature);

namespace CryoHub.Platform.Storage;

/// <summary>Where and how to PUT one part. <paramref name="Headers"/> must be sent as they are: they are part of the signature.</summary>
public sealed record SignedPart(string Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt);

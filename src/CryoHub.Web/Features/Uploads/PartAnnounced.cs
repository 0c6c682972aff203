namespace CryoHub.Web.Features.Uploads;

/// <summary>The part that will be sent: its length and its SHA-256 in hexadecimal.</summary>
public sealed record PartAnnounced(long Size, string Sha256);

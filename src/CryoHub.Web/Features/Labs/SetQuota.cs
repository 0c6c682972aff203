namespace CryoHub.Web.Features.Labs;

/// <summary>Bytes; <c>null</c> lifts the limit.</summary>
public sealed record SetQuota(long? Bytes);

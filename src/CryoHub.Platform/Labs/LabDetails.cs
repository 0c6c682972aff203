namespace CryoHub.Platform.Labs;

public sealed record LabDetails(Guid Id, string Name, LabRole Role, long? QuotaBytes, long UsedBytes, string TimeZone, uint Version);

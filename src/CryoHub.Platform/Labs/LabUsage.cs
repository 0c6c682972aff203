namespace CryoHub.Platform.Labs;

/// <summary>What an administrator sees of a lab: how much it stores, not what.</summary>
public sealed record LabUsage(Guid Id, string Name, int Members, long? QuotaBytes, long UsedBytes);

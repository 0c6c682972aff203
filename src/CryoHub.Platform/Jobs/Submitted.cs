namespace CryoHub.Platform.Jobs;

/// <summary>The job that does, or already did, the work asked for.</summary>
public sealed record Submitted(Guid JobId, bool IsNew);

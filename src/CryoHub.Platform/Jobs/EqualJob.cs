namespace CryoHub.Platform.Jobs;

/// <summary>A job that does or did exactly what somebody is about to ask for.</summary>
public sealed record EqualJob(Guid JobId, JobStatus Status, DateTimeOffset CreatedAt, Guid? ResultId);

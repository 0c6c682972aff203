namespace CryoHub.Platform.Jobs;

/// <summary>The worker's truth about a job; the user's wish lies in two other columns.</summary>
public enum JobStatus { Queued, Running, Waiting, Succeeded, Failed, Cancelled }

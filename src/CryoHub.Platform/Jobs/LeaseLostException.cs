namespace CryoHub.Platform.Jobs;

/// <summary>The job was cancelled or is another worker's by now: whatever this one made is not published.</summary>
public sealed class LeaseLostException(Guid jobId) : OperationCanceledException($"Job {jobId} is no longer this worker's.");

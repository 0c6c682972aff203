namespace CryoHub.Worker;

/// <summary>One kind of job.</summary>
public interface IJobHandler
{
    /// <summary>One of <see cref="Platform.Jobs.JobKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Does the work and publishes it through <see cref="JobRun.SucceedAsync"/>; whatever is thrown ends the job.</summary>
    Task RunAsync(JobRun run, CancellationToken ct);
}

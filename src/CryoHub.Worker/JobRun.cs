using CryoHub.Analyses;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;

namespace CryoHub.Worker;

/// <summary>One attempt at one job, as its handler sees it.</summary>
public sealed class JobRun(ClaimedJob job, JobClaims claims, IProgress<Step> progress, CancellationToken stopAndKeep)
{
    public ClaimedJob Job { get; } = job;

    public IProgress<Step> Progress { get; } = progress;

    public CancellationToken StopAndKeep { get; } = stopAndKeep;

    /// <summary>Publishes rows and success in one transaction.</summary>
    public Task SucceedAsync(string summary, Func<CryoHubDb, Task> publish, CancellationToken ct) => claims.SucceedAsync(Job, summary, publish, ct);

    /// <summary>Ends the job with a reason, and what else the reason changes in the same transaction.</summary>
    public Task FailAsync(string problem, Func<CryoHubDb, Task> record, CancellationToken ct) => claims.FailAsync(Job, problem, ct, record);

    /// <summary>The job's child process died.</summary>
    public Task CrashedAsync(string lastWords, Func<CryoHubDb, Task> record, CancellationToken ct) => claims.CrashedAsync(Job, lastWords, ct, record);
}

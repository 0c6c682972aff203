using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker;

/// <summary>Runs one claimed job to its end, whatever end that is.</summary>
public sealed partial class JobRunner(JobClaims claims, IEnumerable<IJobHandler> handlers, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobRunner> log)
{
    private readonly Dictionary<string, IJobHandler> byKind = handlers.ToDictionary(handler => handler.Kind);

    /// <param name="job">The job.</param>
    /// <param name="stopping">The worker goes down: the job is given back unharmed.</param>
    public async Task RunAsync(ClaimedJob job, CancellationToken stopping)
    {
        Started(job.Kind, job.Id, job.Attempt);
        var end = await RunHandlerAsync(job, stopping);
        await end(CancellationToken.None);
    }

    private async Task<Func<CancellationToken, Task>> RunHandlerAsync(ClaimedJob job, CancellationToken stopping)
    {
        await using var heartbeat = new JobHeartbeat(claims, job, options.Value, clock, log, stopping);
        try
        {
            var handler = byKind.GetValueOrDefault(job.Kind) ?? throw ProblemException.Invalid($"This worker knows no jobs of kind {job.Kind}.");
            await Task.Run(() => handler.RunAsync(new JobRun(job, claims, heartbeat, heartbeat.StopAndKeep), heartbeat.Cancelled), CancellationToken.None);
            return _ => Task.CompletedTask;
        }
        catch (ProblemException problem)
        {
            return ct => claims.FailAsync(job, problem.Message, ct);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && heartbeat.Last is not Beat.Cancelled)
        {
            return ct => claims.ReleaseAsync(job, ct);
        }
        catch (OperationCanceledException)
        {
            return ct => claims.CancelledAsync(job, ct);   // changes nothing where the lease is another's
        }
        catch (IOException trouble) when (DiskRoom.IsFull(trouble))
        {
            Failed(trouble, job.Kind, job.Id);
            return ct => claims.FailAsync(job, "The worker's disk is full: no room was left for temporary files. Run it again when there is.", ct);
        }
        catch (Exception bug)
        {
            Failed(bug, job.Kind, job.Id);
            return ct => claims.FailAsync(job, $"The work ended with an error of the software ({bug.GetType().Name}); the log names job {job.Id}.", ct);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Kind} {Job}, attempt {Attempt}")]
    private partial void Started(string kind, Guid job, int attempt);

    [LoggerMessage(LogLevel.Error, "{Kind} {Job} failed")]
    private partial void Failed(Exception bug, string kind, Guid job);
}

using CryoHub.Analyses;
using CryoHub.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace CryoHub.Worker;

/// <summary>Keeps a running job alive: once a second the newest progress goes out and a person's wishes come back.</summary>
internal sealed partial class JobHeartbeat : IProgress<Step>, IAsyncDisposable
{
    private readonly JobClaims claims;
    private readonly ClaimedJob job;
    private readonly JobOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly CancellationTokenSource cancel;
    private readonly CancellationTokenSource stopAndKeep = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task beating;
    private volatile Newest newest = new(0, "");

    public JobHeartbeat(JobClaims claims, ClaimedJob job, JobOptions options, TimeProvider clock, ILogger log, CancellationToken stopping)
    {
        (this.claims, this.job, this.options, this.clock, this.log) = (claims, job, options, clock, log);
        cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        beating = Task.Run(BeatAsync, CancellationToken.None);
    }

    /// <summary>Ends when a person cancels, the lease is lost or the worker stops.</summary>
    public CancellationToken Cancelled => cancel.Token;

    public CancellationToken StopAndKeep => stopAndKeep.Token;

    /// <summary>What the last heartbeat learnt.</summary>
    public Beat Last { get; private set; } = Beat.GoOn;

    public void Report(Step value) => newest = new Newest(double.IsFinite(value.Fraction) ? Math.Clamp(value.Fraction, 0, 1) : 0, value.Label);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await beating;
        cancel.Dispose();
        stopAndKeep.Dispose();
        end.Dispose();
    }

    private async Task BeatAsync()
    {
        var heard = clock.GetTimestamp();
        using var timer = new PeriodicTimer(options.Heartbeat, clock);
        while (await NextAsync(timer))
        {
            try
            {
                var now = newest;
                Last = await claims.BeatAsync(job, now.Fraction, now.Label, end.Token);
                heard = clock.GetTimestamp();
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unreachable)
            {
                NoBeat(job.Id, unreachable.Message);
                Last = clock.GetElapsedTime(heard) > options.Lease ? Beat.Lost : Last;
            }

            await ObeyAsync();
        }
    }

    private async Task ObeyAsync()
    {
        if (Last is Beat.Cancelled or Beat.Lost)
        {
            await cancel.CancelAsync();
        }
        else if (Last == Beat.StopAndKeep)
        {
            await stopAndKeep.CancelAsync();
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Heartbeat of job {Job}: {Reason}")]
    private partial void NoBeat(Guid job, string reason);

    private sealed record Newest(double Fraction, string Label);
}

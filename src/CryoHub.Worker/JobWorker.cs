using CryoHub.Platform.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker;

/// <summary>Slots of each class that claim, run and claim again; with nothing to do they wait for the bell or look by themselves.</summary>
public sealed partial class JobWorker(JobClaims claims, JobRunner runner, PeriodicJobs periodic, JobBell bell, IOptions<JobOptions> options, ILogger<JobWorker> log) : BackgroundService
{
    private readonly Guid id = Guid.CreateVersion7();

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Started(id, options.Value.LightSlots, options.Value.HeavySlots);
        return Task.WhenAll(
            Enumerable.Repeat(JobClass.Light, options.Value.LightSlots).Concat(Enumerable.Repeat(JobClass.Heavy, options.Value.HeavySlots))
                .Select(jobClass => SlotAsync(jobClass, stoppingToken)).Append(DailyAsync(stoppingToken)));
    }

    private async Task SlotAsync(JobClass jobClass, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            var ring = bell.NextRing;
            if (await TryAsync(() => WorkAsync(jobClass, stopping)) is not true)
            {
                await WaitAsync(ring, stopping);
            }
        }
    }

    private async Task<bool> WorkAsync(JobClass jobClass, CancellationToken stopping)
    {
        if (!DiskRoom.IsEnough(Path.GetTempPath(), options.Value.LeastFreeMiB))
        {
            NoRoom(Path.GetTempPath(), options.Value.LeastFreeMiB);
            return false;
        }

        if (await claims.ClaimAsync(id, jobClass, stopping) is not { } job)
        {
            return false;
        }

        await runner.RunAsync(job, stopping);
        return true;
    }

    private async Task DailyAsync(CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            if (await TryAsync(async () => await periodic.InsertAsync(stopping) > 0) is true)
            {
                bell.Ring();
            }

            await WaitAsync(Task.Delay(TimeSpan.FromMinutes(10), stopping), stopping, TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>The loop outlives a database that is away: it says so and looks again later.</summary>
    private async Task<bool?> TryAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception trouble)
        {
            Trouble(trouble);
            return null;
        }
    }

    private Task WaitAsync(Task ring, CancellationToken stopping) => WaitAsync(ring, stopping, options.Value.Poll);

    private static async Task WaitAsync(Task ring, CancellationToken stopping, TimeSpan longest)
    {
        try
        {
            await ring.WaitAsync(longest, stopping);
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            // Time to look by ourselves, or to go.
        }
    }

    [LoggerMessage(LogLevel.Information, "Worker {Worker} looks for jobs: {Light} light and {Heavy} heavy at a time")]
    private partial void Started(Guid worker, int light, int heavy);

    [LoggerMessage(LogLevel.Error, "No jobs are taken: {Folder} has less than {Least} MiB left")]
    private partial void NoRoom(string folder, int least);

    [LoggerMessage(LogLevel.Error, "The job loop met trouble and goes on")]
    private partial void Trouble(Exception trouble);
}

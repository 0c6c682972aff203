using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CryoHub.Worker.Health;

/// <summary>Touches a file whenever the database has answered: a worker has no port to ask, and one without a database does nothing.</summary>
internal sealed partial class Pulse(IDbContextFactory<CryoHubDb> dbs, IOptions<PulseOptions> options, TimeProvider clock, ILogger<Pulse> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        try
        {
            do
            {
                await BeatAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The worker stops; its pulse stops with it.
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Database.ExecuteSqlAsync($"select 1", ct);
            await File.WriteAllTextAsync(options.Value.File, $"{clock.GetUtcNow():O}\n", ct);
        }
        catch (Exception silent) when (silent is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            NoAnswer(silent.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer: {Reason}")]
    private partial void NoAnswer(string reason);
}

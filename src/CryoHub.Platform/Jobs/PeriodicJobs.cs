using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>The platform's own daily work: any worker inserts it, the database keeps one of each.</summary>
public sealed class PeriodicJobs(IDbContextFactory<CryoHubDb> dbs, TimeProvider clock)
{
    private static readonly string[] Daily = [JobKinds.Purge, JobKinds.Fixity, JobKinds.Reconcile, JobKinds.AuditHeads];

    /// <summary>Inserts what the day still lacks; returns how many.</summary>
    public async Task<int> InsertAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var day = now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var inserted = 0;
        foreach (var kind in Daily)
        {
            inserted += await db.Database.ExecuteSqlAsync($$"""
                insert into jobs (id, kind, class, title, analysis_key, analysis_version, parameters, fingerprint, period, status, cancel_requested, stop_requested,
                    fraction, step, problem, summary, attempts, crashes, software_version, created_at)
                values ({{Guid.CreateVersion7()}}, {{kind}}, 'Light', {{kind}}, '', 0, '{}', '', {{day}}, 'Queued', false, false, 0, '', '', '', 0, 0, '', {{now}})
                on conflict (kind, period) where period is not null do nothing
                """, ct);
        }

        return inserted;
    }
}

using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryoHub.Web;

/// <summary>Ready means: the database answers and has the schema.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<CryoHubDb> dbs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellationToken);
        _ = await db.Labs.AnyAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

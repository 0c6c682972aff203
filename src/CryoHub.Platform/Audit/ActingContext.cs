using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Audit;

/// <summary>The way every use case opens its context: with the name of the person it works for.</summary>
public static class ActingContext
{
    /// <summary>A context whose changes the audit trail ascribes to <paramref name="userId"/>.</summary>
    public static async Task<CryoHubDb> ForAsync(this IDbContextFactory<CryoHubDb> dbs, Guid userId, CancellationToken ct)
    {
        var db = await dbs.CreateDbContextAsync(ct);
        db.Actor = userId;
        return db;
    }
}

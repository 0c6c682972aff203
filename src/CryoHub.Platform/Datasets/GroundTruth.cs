using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Datasets;

/// <summary>Which labels others are measured by. A reviewer says so: somebody who manages the project; the audit trail keeps who and when.</summary>
public sealed class GroundTruth(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>Calls a data set ground truth, or no longer. Doing it twice changes nothing.</summary>
    public async Task<Change> MarkAsync(Guid userId, Guid datasetId, bool isTruth, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var (by, at) = isTruth ? (userId, time.GetUtcNow()) : ((Guid?)null, (DateTimeOffset?)null);
        var mine = db.Datasets.WithRole(userId, ProjectRole.Manager).Where(d => d.Id == datasetId);
        var changed = await mine.Where(d => (d.TruthBy != null) != isTruth).ExecuteUpdateAsync(set => set.SetProperty(d => d.TruthBy, by).SetProperty(d => d.TruthAt, at), ct);
        return changed == 1 || await mine.AnyAsync(ct) ? Change.Done : await db.Datasets.WhyNotAsync(userId, datasetId, ct, ProjectRole.Manager);
    }
}

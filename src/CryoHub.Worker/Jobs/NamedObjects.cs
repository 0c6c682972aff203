using CryoHub.Platform;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Everything that rows name in the object store, in the order of the keys' bytes; one statement, so all of it at one moment.</summary>
internal static class NamedObjects
{
    private const string All = """
        select object_key as "Key", 0 as "As" from dataset_files
        union all select thumbnail_key, 0 from signals where thumbnail_key <> ''
        union all select zarr_prefix || '/', 1 from signals where zarr_prefix <> ''
        union all select thumbnail_key, 0 from result_items where thumbnail_key <> ''
        union all select object_key, 0 from result_items where object_key <> '' and object_key not like '%.zarr'
        union all select object_key || '/', 1 from result_items where object_key like '%.zarr'
        union all select object_key, 2 from uploads where status = 'Open'
        union all select 'paint/' || layer_id || '/' || z || '/' || y || '/' || x || '/' || ground_sequence, 0 from paint_blocks where ground_sequence > 0
        union all select 'audit/', 3
        union all select 'results/' || id || '/', 3 from jobs where status in ('Queued', 'Running', 'Waiting') and kind = 'analysis'
        union all select 'datasets/' || i.dataset_id || '/ingest/' || i.job_id || '-', 3
            from job_inputs i join jobs j on j.id = i.job_id where j.status in ('Queued', 'Running') and j.kind = 'ingest'
        """;

    public static IAsyncEnumerable<NamedObject> InOrder(CryoHubDb db) =>
        db.Database.SqlQueryRaw<NamedObject>($"select * from ({All}) named order by \"Key\" collate \"C\"").AsAsyncEnumerable();

    /// <summary>Those of <paramref name="keys"/> that a row names now.</summary>
    public static async Task<HashSet<string>> AmongAsync(CryoHubDb db, IReadOnlyList<string> keys, CancellationToken ct) =>
        [.. await db.Database.SqlQueryRaw<string>($"select \"Key\" as \"Value\" from ({All}) named where \"Key\" = any({{0}})", (object)keys.ToArray()).ToListAsync(ct)];
}

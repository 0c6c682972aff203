using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Provenance;

/// <summary>
/// The two walks along recorded causes. Each step asks indexes for the neighbours of one node, so the time goes with the size of the answer, not of the database.
/// </summary>
internal static class ProvenanceWalk
{
    /// <summary>Edges seen before a walk gives up; some five hundred nodes.</summary>
    public const int Most = 1500;

    // Neighbours of (kind, id); 0 sample, 1 step, 2 dataset, 3 result, as NodeKind numbers them. A data set that an acquisition step recorded hangs on that step, else on its sample;
    // a piece of the tree that no step made hangs on its parent.
    private const string Causes = """
        select 1 as kind, step.id as id from step_samples link join steps step on step.id = link.step_id
            where walk.kind = 0 and link.sample_id = walk.id and link.role = 'Product' and step.deleted_at is null and step.corrects_id is null
        union all select 0, parent.id from samples child join samples parent on parent.id = child.parent_id and parent.deleted_at is null
            where walk.kind = 0 and child.id = walk.id and not exists (select 1 from step_samples made where made.sample_id = child.id and made.role = 'Product')
        union all select 0, sample.id from step_samples link join samples sample on sample.id = link.sample_id
            where walk.kind = 1 and link.step_id = walk.id and link.role = 'Subject' and sample.deleted_at is null
        union all select 1, step.id from step_datasets link join steps step on step.id = link.step_id
            where walk.kind = 2 and link.dataset_id = walk.id and step.deleted_at is null and step.corrects_id is null
        union all select 0, sample.id from datasets d join samples sample on sample.id = d.sample_id
            where walk.kind = 2 and d.id = walk.id and d.result_id is null and sample.deleted_at is null and not exists (select 1 from step_datasets seen where seen.dataset_id = d.id)
        union all select 3, result.id from datasets d join results result on result.id = d.result_id
            where walk.kind = 2 and d.id = walk.id and result.deleted_at is null
        union all select 2, d.id from results result join job_inputs input on input.job_id = result.job_id join datasets d on d.id = input.dataset_id
            where walk.kind = 3 and result.id = walk.id and d.deleted_at is null
        """;

    private const string Effects = """
        select 1 as kind, step.id as id from step_samples link join steps step on step.id = link.step_id
            where walk.kind = 0 and link.sample_id = walk.id and link.role = 'Subject' and step.deleted_at is null and step.corrects_id is null
        union all select 0, child.id from samples child
            where walk.kind = 0 and child.parent_id = walk.id and child.deleted_at is null and not exists (select 1 from step_samples made where made.sample_id = child.id and made.role = 'Product')
        union all select 2, d.id from datasets d
            where walk.kind = 0 and d.sample_id = walk.id and d.result_id is null and d.deleted_at is null and not exists (select 1 from step_datasets seen where seen.dataset_id = d.id)
        union all select 0, sample.id from step_samples link join samples sample on sample.id = link.sample_id
            where walk.kind = 1 and link.step_id = walk.id and link.role = 'Product' and sample.deleted_at is null
        union all select 2, d.id from step_datasets link join datasets d on d.id = link.dataset_id
            where walk.kind = 1 and link.step_id = walk.id and d.deleted_at is null
        union all select 3, result.id from job_inputs input join jobs job on job.id = input.job_id and job.kind = 'analysis' join results result on result.job_id = job.id
            where walk.kind = 2 and input.dataset_id = walk.id and result.deleted_at is null
        union all select 2, d.id from datasets d
            where walk.kind = 3 and d.result_id = walk.id and d.deleted_at is null
        """;

    // Depth is left out of the rows so that a node is walked from once; PostgreSQL works breadth first, so a limit keeps what is near.
    private const string Begin = """
        with recursive walk(from_kind, from_id, kind, id) as (
            select -1, '00000000-0000-0000-0000-000000000000'::uuid, {0}::int, {1}::uuid
            union
            select walk.kind, walk.id, near.kind, near.id from walk cross join lateral (
        """;

    private const string End = """
            ) near)
        select from_kind as "FromKind", from_id as "FromId", kind as "Kind", id as "Id" from walk limit {2}
        """;

    private const string Near = """
        select walk.kind as "FromKind", walk.id as "FromId", near.kind as "Kind", near.id as "Id" from unnest({0}, {1}) as walk(kind, id) cross join lateral (
        """;

    public static Task<List<Hop>> UpAsync(CryoHubDb db, NodeKind kind, Guid id, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Hop>(Begin + Causes + End, (int)kind, id, Most).ToListAsync(ct);

    public static Task<List<Hop>> DownAsync(CryoHubDb db, NodeKind kind, Guid id, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Hop>(Begin + Effects + End, (int)kind, id, Most).ToListAsync(ct);

    /// <summary>The causes next to each of many nodes.</summary>
    public static Task<List<Hop>> NearCausesAsync(CryoHubDb db, int[] kinds, Guid[] ids, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Hop>(Near + Causes + ") near", kinds, ids).ToListAsync(ct);

    /// <summary>One line of a walk; the first has no origin.</summary>
    internal sealed record Hop(int FromKind, Guid FromId, int Kind, Guid Id);
}

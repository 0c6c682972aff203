using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Steps;

/// <summary>
/// Walks the graph of what was made from what: parents of the tree and subjects of the steps that made a sample. Lateral, so that indexes are asked for the neighbours of one node; as a plain
/// join PostgreSQL builds the whole table of edges first, in every round.
/// </summary>
internal static class SampleGraph
{
    /// <summary>Everything <paramref name="sampleId"/> was made from, itself not among it. The caller has checked that it may be seen; a graph lies in one project.</summary>
    public static async Task<HashSet<Guid>> AncestorsAsync(CryoHubDb db, Guid sampleId, CancellationToken ct) =>
        [.. await db.Database.SqlQuery<Guid>(
            $"""
            with recursive up(id) as (
                select {sampleId}
                union
                select edge.parent from up cross join lateral (
                    select sample.parent_id as parent from samples sample where sample.id = up.id and sample.parent_id is not null
                    union all
                    select subject.sample_id
                    from step_samples product
                    join steps step on step.id = product.step_id and step.deleted_at is null
                    join step_samples subject on subject.step_id = product.step_id and subject.role = 'Subject'
                    where product.sample_id = up.id and product.role = 'Product'
                ) edge)
            select id as "Value" from up where id <> {sampleId}
            """).ToListAsync(ct)];
}

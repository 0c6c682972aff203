using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Samples;

/// <summary>Walks up the tree of samples inside the database.</summary>
internal static class SampleChain
{
    /// <summary>From the outermost ancestor down to <paramref name="sampleId"/> itself. The caller has checked that it may be seen; ancestors are of the same project.</summary>
    public static async Task<IReadOnlyList<SampleLink>> OfAsync(CryoHubDb db, Guid sampleId, CancellationToken ct)
    {
        // The depth is a brake only: edits refuse cycles.
        var rows = await db.Database.SqlQuery<ChainRow>(
            $"""
            with recursive chain as (
                select id, parent_id, kind, name, 0 as depth from samples where id = {sampleId}
                union all
                select parent.id, parent.parent_id, parent.kind, parent.name, chain.depth + 1
                from samples parent join chain on parent.id = chain.parent_id
                where chain.depth < 100)
            select id as "Id", kind as "Kind", name as "Name", depth as "Depth" from chain
            """).OrderByDescending(row => row.Depth).ToListAsync(ct);
        return [.. rows.Select(row => new SampleLink(row.Id, Enum.Parse<SampleKind>(row.Kind), row.Name))];
    }

    private sealed record ChainRow(Guid Id, string Kind, string Name, int Depth);
}

using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Gaps of an item and, from before it was made, of everything it was made from. The view <c>custody_gaps</c> finds them, so that nothing can disagree with the record.</summary>
internal static class CustodyGaps
{
    /// <param name="db">The caller has checked that the item may be seen.</param>
    /// <param name="sampleId">The item.</param>
    /// <param name="before">Only gaps that began before then, for what was measured at that time.</param>
    /// <param name="ct">Stops the query.</param>
    public static async Task<IReadOnlyList<CustodyGap>> OfAsync(CryoHubDb db, Guid sampleId, DateTimeOffset? before, CancellationToken ct)
    {
        var latest = before ?? DateTimeOffset.MaxValue;
        var rows = await db.Database.SqlQuery<GapRow>(
            $"""
            with recursive up(id, until) as (
                select {sampleId}, 'infinity'::timestamptz
                union
                select edge.parent, least(up.until, edge.at) from up cross join lateral (
                    select child.parent_id as parent, 'infinity'::timestamptz as at
                    from samples child
                    where child.id = up.id and child.parent_id is not null and not exists (
                        select 1 from step_samples made join steps step on step.id = made.step_id and step.deleted_at is null where made.sample_id = child.id and made.role = 'Product')
                    union all
                    select subject.sample_id, step.ended_at
                    from step_samples product
                    join steps step on step.id = product.step_id and step.deleted_at is null
                    join step_samples subject on subject.step_id = product.step_id and subject.role = 'Subject'
                    where product.sample_id = up.id and product.role = 'Product'
                ) edge),
            line as (select id, max(until) as until from up group by id)
            select gap.keeping_id as "KeepingId", gap.step_id as "StepId", sample.id as "SampleId", sample.name as "SampleName", gap.since as "From", gap.until as "Until",
                coalesce(before.kind, '') as "Before", coalesce(step.kind, '') as "StepKind", keeping.kind as "Kind",
                coalesce(acceptance.reason, '') as "AcceptedReason", coalesce(person.display_name, '') as "AcceptedBy"
            from line
            join custody_gaps gap on gap.sample_id = line.id and gap.since < line.until
            join samples sample on sample.id = line.id
            join keepings keeping on keeping.id = gap.keeping_id
            left join keepings before on before.sample_id = gap.sample_id and before.until = keeping.since and before.since < keeping.since
            left join steps step on step.id = gap.step_id
            left join gap_acceptances acceptance on acceptance.keeping_id = gap.keeping_id and acceptance.step_id is not distinct from gap.step_id
            left join users person on person.id = acceptance.accepted_by
            """).Where(row => row.From < latest).OrderBy(row => row.From).ThenBy(row => row.SampleId).ToListAsync(ct);
        return [.. rows.Select(row => new CustodyGap(row.KeepingId, row.StepId, row.SampleId, row.SampleName, row.From, row.Until, Words(row), row.AcceptedReason, row.AcceptedBy))];
    }

    private static string Words(GapRow row) => row.StepId is null
        ? $"Nobody recorded how {row.SampleName} came from {Place(row.Before)} {Into(row.Kind)}."
        : $"The step “{Steps.StepLog.Title(row.StepKind)}” was done to {row.SampleName} while it was {In(row.Kind)} by the record.";

    private static string Place(string kind) => kind switch { "Storage" => "its slot", "Person" => "the hands it was in", "Shipment" => "a shipment", _ => "where it was" };

    private static string Into(string kind) => kind switch { "Storage" => "into storage", "Person" => "into other hands", _ => "into a shipment" };

    private static string In(string kind) => kind == "Storage" ? "in storage" : "in a shipment";

    private sealed record GapRow(
        Guid KeepingId, Guid? StepId, Guid SampleId, string SampleName, DateTimeOffset From, DateTimeOffset Until, string Before, string StepKind, string Kind, string AcceptedReason, string AcceptedBy);
}

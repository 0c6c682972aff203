using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>Which job comes next: one statement that chooses and takes it.</summary>
internal static class NextJob
{
    /// <summary>
    /// Queued, or run by a worker whose lease ran out; a part only while its parent waits for it. The lab with the fewest running jobs first, then the one
    /// that waited longest.
    /// </summary>
    public static async Task<ClaimedJob?> TakeAsync(CryoHubDb db, Guid workerId, JobClass jobClass, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var claims = await db.Database.SqlQuery<ClaimedJob>($"""
            with busy as (
                select p.lab_id, count(*) as jobs from jobs r join projects p on p.id = r.project_id
                where r.status = 'Running' and r.lease_until >= {now} group by p.lab_id
            ), next as (
                select j.id, p.lab_id from jobs j
                left join projects p on p.id = j.project_id
                left join busy on busy.lab_id = p.lab_id
                left join job_turns t on t.lab_id = p.lab_id
                where j.class = {jobClass.ToString()} and j.deleted_at is null and not j.cancel_requested
                    and (j.status = 'Queued' or (j.status = 'Running' and j.lease_until < {now}))
                    and (j.parent_id is null or exists (select 1 from jobs w where w.id = j.parent_id and w.status = 'Waiting'))
                order by coalesce(busy.jobs, 0), t.served_at nulls first, j.created_at, j.part, j.id
                limit 1 for update of j skip locked
            ), turn as (
                insert into job_turns (lab_id, served_at) select lab_id, {now} from next where lab_id is not null
                on conflict (lab_id) do update set served_at = excluded.served_at
            )
            update jobs set status = 'Running', worker_id = {workerId}, lease_until = {until}, attempts = attempts + 1, fraction = 0, step = '',
                started_at = {now}, software_version = {JobClaims.SoftwareVersion}
            from next where jobs.id = next.id
            returning jobs.id as "Id", worker_id as "WorkerId", attempts as "Attempt", kind as "Kind", project_id as "ProjectId", submitted_by as "SubmittedBy",
                title as "Title", analysis_key as "AnalysisKey", analysis_version as "AnalysisVersion", parameters::text as "Parameters",
                parent_id as "ParentId", part as "Part", parts as "Parts"
            """).ToListAsync(ct);
        return claims.SingleOrDefault();
    }

    /// <summary>Ends what nobody will take: a person's wish to cancel outlives the worker that should have obeyed it, and parts end with their parent.</summary>
    public static Task<int> EndAbandonedAsync(CryoHubDb db, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update jobs set status = 'Cancelled', ended_at = {now}
        where (status = 'Running' and cancel_requested and lease_until < {now})
            or ((status = 'Queued' or (status = 'Running' and lease_until < {now})) and parent_id is not null
                and not exists (select 1 from jobs w where w.id = jobs.parent_id and w.status = 'Waiting'))
        """,
        ct);
}

using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>Which job comes next: one statement that chooses and takes it.</summary>
internal static class NextJob
{
    /// <summary>Of each project so many of its oldest are looked at, more than workers claim in the same moment; how many wait behind them does not matter.</summary>
    private const int Oldest = 64;

    /// <summary>
    /// Queued, or run by a worker whose lease ran out; a part only while its parent waits for it. The lab with the fewest running jobs first, then the one
    /// that waited longest.
    /// </summary>
    public static async Task<ClaimedJob?> TakeAsync(CryoHubDb db, Guid workerId, JobClass jobClass, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        (await Take(db, workerId, jobClass, now, until).ToListAsync(ct)).SingleOrDefault();

    /// <summary>The statement of <see cref="TakeAsync"/>. It steps from project to project along the index of what is queued, so the length of the queue costs nothing.</summary>
    internal static IQueryable<ClaimedJob> Take(CryoHubDb db, Guid workerId, JobClass jobClass, DateTimeOffset now, DateTimeOffset until) =>
        db.Database.SqlQuery<ClaimedJob>($"""
            with recursive queues as (
                (select q.project_id from jobs q where q.class = {jobClass.ToString()} and q.status = 'Queued' order by q.project_id limit 1)
                union all
                select (
                    select q.project_id from jobs q where q.class = {jobClass.ToString()} and q.status = 'Queued' and q.project_id > before.project_id
                    order by q.project_id limit 1
                ) from queues before where before.project_id is not null
            ), oldest as (
                select first.id from queues join lateral (
                    select q.id from jobs q where q.class = {jobClass.ToString()} and q.status = 'Queued' and q.project_id = queues.project_id
                        and q.deleted_at is null and not q.cancel_requested
                        and (q.parent_id is null or exists (select 1 from jobs w where w.id = q.parent_id and w.status = 'Waiting'))
                    order by q.created_at, q.part, q.id limit {Oldest}
                ) first on queues.project_id is not null
                union all
                (select q.id from jobs q where q.class = {jobClass.ToString()} and q.status = 'Queued' and q.project_id is null
                    and q.deleted_at is null and not q.cancel_requested order by q.created_at, q.part, q.id limit {Oldest})
                union all
                select r.id from jobs r where r.status = 'Running' and r.lease_until < {now}
            ), busy as (
                select p.lab_id, count(*) as jobs from jobs r join projects p on p.id = r.project_id
                where r.status = 'Running' and r.lease_until >= {now} group by p.lab_id
            ), next as (
                select j.id, p.lab_id from jobs j
                left join projects p on p.id = j.project_id
                left join busy on busy.lab_id = p.lab_id
                left join job_turns t on t.lab_id = p.lab_id
                where j.id = any (array(select id from oldest)) and j.class = {jobClass.ToString()} and j.deleted_at is null and not j.cancel_requested
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
            """);

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

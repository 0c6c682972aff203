-- The date that filters mean: when it was measured, or, where the file does not say, when it came.
create index if not exists ix_datasets_measured_at on datasets ((coalesce(acquired_at, created_at)));

-- Two samples are a pair once, whichever of them is called the control.
create unique index if not exists ix_sample_pairs_once on sample_pairs (least(control_id, treated_id), greatest(control_id, treated_id)) where unlinked_at is null;
-- The newest data sets of somebody who sees many projects are walked in order; how many there are is counted per project without a look at the rows.
create index if not exists ix_datasets_arrived on datasets (created_at desc, id desc) where deleted_at is null and status <> 'Receiving';
create index if not exists ix_datasets_arrived_in_project on datasets (project_id, created_at desc, id desc) where deleted_at is null and status <> 'Receiving';
-- What waits for a worker, by project and in order: a claim looks at the first few of each project, however many wait behind them.
create index if not exists ix_jobs_queue on jobs (class, project_id, created_at, part, id) where status = 'Queued';
-- How many jobs wait changes within minutes, and with old statistics that index would not be used.
alter table jobs set (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000);

-- The date that filters mean: when it was measured, or, where the file does not say, when it came.
create index if not exists ix_datasets_measured_at on datasets ((coalesce(acquired_at, created_at)));

-- Two samples are a pair once, whichever of them is called the control.
create unique index if not exists ix_sample_pairs_once on sample_pairs (least(control_id, treated_id), greatest(control_id, treated_id)) where unlinked_at is null;

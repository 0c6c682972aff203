-- The date that filters mean: when it was measured, or, where the file does not say, when it came.
create index if not exists ix_datasets_measured_at on datasets ((coalesce(acquired_at, created_at)));

// Each test starts a handful of processes; together they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

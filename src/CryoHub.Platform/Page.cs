namespace CryoHub.Platform;

/// <summary>One page of a list, with the number of all rows that match.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Skip, int Take);

namespace CryoHub.Platform.Results;

/// <summary>A result with its items and where it came from.</summary>
public sealed record ResultDetails(Guid Id, Guid JobId, Guid ProjectId, string Title, DateTimeOffset CreatedAt, uint Version, IReadOnlyList<string> Warnings, IReadOnlyList<ResultItemRow> Items, Provenance Provenance);

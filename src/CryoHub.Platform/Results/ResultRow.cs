namespace CryoHub.Platform.Results;

/// <summary>A result in a list. <paramref name="Preview"/> is the item whose thumbnail stands for it.</summary>
public sealed record ResultRow(Guid Id, Guid JobId, Guid ProjectId, string Title, string AnalysisKey, DateTimeOffset CreatedAt, double Seconds, int Items, int? Preview, string? CreatedBy);

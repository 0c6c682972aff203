namespace CryoHub.Platform.Jobs;

/// <summary>A job in a list.</summary>
public sealed record JobRow(
    Guid Id, Guid ProjectId, string Kind, string Title, string AnalysisKey, JobStatus Status, double Fraction, string Step, string Problem, string Summary, bool CancelRequested, bool StopRequested,
    string? SubmittedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Guid? ResultId);

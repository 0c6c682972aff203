namespace CryoHub.Platform.Jobs;

/// <summary>A job that one worker runs for the <paramref name="Attempt"/>th time. Id, worker and attempt together are the lease: a later claim makes this one void.</summary>
public sealed record ClaimedJob(
    Guid Id, Guid WorkerId, int Attempt, string Kind, Guid? ProjectId, Guid? SubmittedBy, string Title, string AnalysisKey, int AnalysisVersion, string Parameters,
    Guid? ParentId = null, int? Part = null, int? Parts = null);

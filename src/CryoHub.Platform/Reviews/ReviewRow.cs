namespace CryoHub.Platform.Reviews;

/// <summary>A review task as a person sees it.</summary>
/// <param name="Part">What is compared.</param>
/// <param name="IsWhole">The part is the whole picture with all its slices.</param>
/// <param name="MayLead">The person may compare, close and open it.</param>
/// <param name="ComparisonId">The newest job that compares the labels.</param>
/// <param name="ResultId">What it found.</param>
public sealed record ReviewRow(
    Guid Id, Guid ProjectId, Guid DatasetId, string Dataset, int SignalIndex, string Title, string Instruction, bool IsBlind, ReviewPart Part, bool IsWhole, DateOnly? DueOn, ReviewState State,
    IReadOnlyList<ReviewerRow> Reviewers, bool MayLead, Guid? ComparisonId, Guid? ResultId, string CreatedBy, DateTimeOffset CreatedAt);

namespace CryoHub.Platform.Reviews;

/// <summary>A review task as somebody words it.</summary>
/// <param name="Part">What is compared; the whole picture, or all its slices, where it is absent.</param>
/// <param name="Assignees">Members of the project who may annotate.</param>
public sealed record ReviewText(string? Title, string? Instruction, bool IsBlind, ReviewPart? Part, DateOnly? DueOn, IReadOnlyList<Guid>? Assignees);

namespace CryoHub.Platform.Steps;

public sealed record StepRow(Guid Id, string Kind, string Title, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Person, string Deviation, bool IsSigned, IReadOnlyList<string> Samples);

namespace CryoHub.Platform.Workflows;

/// <summary>A step of a run that has its record.</summary>
public sealed record RunStepDone(int Number, Guid StepId, DateTimeOffset EndedAt, string Deviation);

namespace CryoHub.Platform.Ledgers;

/// <summary>What another lab would need and the record does not say.</summary>
/// <param name="StepId">The step to complete; <c>null</c> where a whole step is missing.</param>
/// <param name="Title">Title of the step's kind.</param>
/// <param name="Label">Label of the field; empty where a whole step is missing.</param>
public sealed record MissingFact(Guid? StepId, string Title, string Label);

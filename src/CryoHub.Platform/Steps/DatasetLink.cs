namespace CryoHub.Platform.Steps;

/// <summary>A data set beside a step.</summary>
public sealed record DatasetLink(Guid Id, string Name, string Kind);
